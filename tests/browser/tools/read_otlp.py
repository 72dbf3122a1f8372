"""Reads OTLP/HTTP requests in JSON by the official protobuf definitions.

Call: read_otlp.py FILE, a JSON list of bodies. An unknown field, a wrong type or a
request without records is an error.
"""

import json
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

bodies = json.load(open(sys.argv[1], encoding="utf-8"))
records = 0
for body in bodies:
    request = json_format.Parse(body, ExportLogsServiceRequest(), ignore_unknown_fields=False)
    for resource in request.resource_logs:
        names = {one.key for one in resource.resource.attributes}
        assert {"service.name", "service.instance.id"} <= names, names
        for scope in resource.scope_logs:
            for log in scope.log_records:
                assert log.time_unix_nano > 0 and log.severity_number > 0 and log.body.string_value, log
                records += 1
assert records, "no records"
print(f"{len(bodies)} requests, {records} records")
