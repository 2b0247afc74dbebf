"""The rows of file upload: its settings are literally the reference's."""

from tests.contract.calls import Operation
from tests.contract.shapes import ID, NULL, STAMP, TEXT, WHOLE

IN = {"property": "$property"}

HTTP_SETTINGS = {
    "body": NULL,
    "created": STAMP,
    "expected_code": WHOLE,
    "file_type": "CSV",
    "header": NULL,
    "method": "POST",
    "property": ID,
    "updated": STAMP,
    "url": TEXT,
}
FTPS_SETTINGS = {
    "created": STAMP,
    "file_type": "CSV",
    "host": TEXT,
    "path": TEXT | NULL,
    "port": WHOLE,
    "property": ID,
    "updated": STAMP,
    "user": TEXT,
}
# A public address, so that no name is looked up; nothing is sent to it
HOOK = {"file_type": "CSV", "url": "https://93.184.216.34/reads"}
FTP_SERVER = {"file_type": "CSV", "host": "93.184.216.34", "password": "1234", "user": "me"}

FILE_UPLOAD = (
    Operation("GET", "file-upload/http", "file:http:read", [HTTP_SETTINGS]),
    Operation("GET", "file-upload/http", "file:http:read", [HTTP_SETTINGS], query=IN, note="one"),
    Operation("PUT", "file-upload/http", "file:http:write", status=204, query=IN, body=HOOK),
    Operation("DELETE", "file-upload/http", "file:http:disable", status=204, query=IN),
    Operation("GET", "file-upload/ftps", "file:ftps:read", [FTPS_SETTINGS], aliases=("file-upload/ftp",)),
    Operation("GET", "file-upload/ftps", "file:ftps:read", [FTPS_SETTINGS], query=IN, note="one"),
    Operation(
        "PUT",
        "file-upload/ftps",
        "file:ftps:write",
        status=204,
        query=IN,
        body=FTP_SERVER,
        aliases=("file-upload/ftp",),
    ),
    Operation("DELETE", "file-upload/ftps", "file:ftps:disable", status=204, query=IN, aliases=("file-upload/ftp",)),
)
