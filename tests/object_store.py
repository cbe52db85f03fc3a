"""An object store that speaks S3, on this machine alone: `python object_store.py BUCKET FOLDER`.

It holds the files of FOLDER under `raw/` in BUCKET. The first line of its output is its address. For each
line of its input, it copies what begins with that into the folder above FOLDER, and says so; it ends when its
input does.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from boto3 import client
from moto.server import ThreadedMotoServer


def main() -> None:
    bucket, folder = sys.argv[1:]
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    login = {"aws_access_key_id": "kunci", "aws_secret_access_key": "rahasia", "region_name": "us-east-1"}
    store = client("s3", endpoint_url=address, **login)
    store.create_bucket(Bucket=bucket)
    for path in sorted(Path(folder).iterdir()):
        store.put_object(Bucket=bucket, Key=f"raw/{path.name}", Body=path.read_bytes())
    print(address, flush=True)
    for line in sys.stdin:
        prefix = line.strip()
        listed = store.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", [])
        for each in sorted(listed, key=lambda each: each["Key"]):
            target = Path(folder).parent / each["Key"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(store.get_object(Bucket=bucket, Key=each["Key"])["Body"].read())
        print(f"fetched {prefix}", flush=True)
    server.stop()


if __name__ == "__main__":
    main()
