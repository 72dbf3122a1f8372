// The enterprise package: all of the background, and what needs permissions that
// only an administrator can give. The store packages hold none of this.

import './background.js';
import './network_gate.js';
import './more_sites.js';
import './reporter.js';
