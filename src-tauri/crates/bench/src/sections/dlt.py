"""CJ's "my products" into SQLite with dlt's REST source: what somebody writes who knows dlt, and its own merge.

Arguments: CJ's address, access token, pages, the folder to work in. Prints {"rows": N, "seconds": S} for the load alone.
Left to dlt's habits except where those would cost it more work than SmartLinks does: nested lists stay in their row
instead of becoming tables, and the id is text from the start.
"""

import json
import os
import sys
import time

address, token, pages, folder = sys.argv[1:5]
os.environ["DLT_DATA_DIR"] = folder
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"

import dlt
from dlt.sources.rest_api import rest_api_source

source = rest_api_source(
    {
        "client": {
            "base_url": address.rstrip("/") + "/api2.0/v1/",
            "headers": {"CJ-Access-Token": token},
            "paginator": {
                "type": "page_number",
                "base_page": 1,
                "page_param": "pageNum",
                "total_path": None,
                # The first one that is not asked for any more.
                "maximum_page": int(pages) + 1,
            },
        },
        "resource_defaults": {"primary_key": "productId", "write_disposition": "merge"},
        "resources": [
            {
                "name": "products",
                "max_table_nesting": 0,
                "columns": {"productId": {"data_type": "text"}},
                "endpoint": {
                    "path": "product/myProduct/query",
                    "params": {"pageSize": 200},
                    "data_selector": "data.content",
                },
            }
        ],
    }
)
pipeline = dlt.pipeline(
    pipeline_name="bench",
    pipelines_dir=folder,
    destination=dlt.destinations.sqlalchemy(f"sqlite:///{folder}/dlt.db"),
    dataset_name="main",
)
start = time.monotonic()
pipeline.run(source)
seconds = time.monotonic() - start
with pipeline.sql_client() as client:
    rows = client.execute_sql("SELECT count(*) FROM products")[0][0]
print(json.dumps({"rows": rows, "seconds": seconds}))
