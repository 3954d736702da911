"""Asks the API as a client would, and holds every answer to the description that the API serves of itself."""

import copy
import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.test import TestResponse

DESCRIPTION = "/api/v1/openapi.json"
JSON = "application/json"
Given = Mapping[str, object] | Iterable[tuple[str, object]]


class ApiClient:
    """`get` answers with the response after the check; `json` with its parsed body, of the status that is expected."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()
        self.description = json.loads(self._client.get(DESCRIPTION).data)
        self._components = _closed(self.description["components"])

    def get(self, path: str, given: Given | str | bytes = "", method: str = "GET", **kwargs: Any) -> TestResponse:
        """path: without the query string, which `given` holds, raw or as names and values."""
        query = given if isinstance(given, str | bytes) else urlencode(list(_pairs(given)))
        if isinstance(query, bytes):  # as it comes over the wire, unescaped
            kwargs["environ_overrides"], query = {"QUERY_STRING": query.decode("latin-1")}, ""
        if not path.startswith("/"):
            path = "/api/v1/" + path
        response = self._client.open(path, method=method, query_string=query, **kwargs)
        self.check(path, response)
        return response

    def json(self, path: str, given: Given | str | bytes = "", status: int = 200, **kwargs: Any) -> Any:
        response = self.get(path, given, **kwargs)
        assert response.status_code == status, (path, given, response.data.decode())
        return json.loads(response.data)

    def search(self, given: Given | str | bytes = "", **kwargs: Any) -> Any:
        """The answer to a search, which must succeed."""
        return self.json("search", given, **kwargs)

    def refused(
        self, given: Given | str | bytes, path: str = "search", **kwargs: Any
    ) -> list[tuple[str, str, str | None]]:
        """What a request is refused for: parameter, code, nearest right one."""
        problem = self.json(path, given, status=400, **kwargs)
        assert problem["errors"], problem
        return [(item["parameter"], item["code"], item["did_you_mean"]) for item in problem["errors"]]

    def check(self, path: str, response: TestResponse) -> None:
        """The answer is one that the description promises for this path."""
        status = response.status_code
        if response.request.method == "HEAD" or status == 304:
            assert response.data == b""
            return
        operation = self._operation(path)
        expected = {405: "problem", 412: "problem", **(operation or {})}
        if operation is None:
            expected[404] = "problem"
        assert status in expected, (path, status, response.data[:500])
        kind = response.content_type
        if expected[status] == "problem":
            assert kind == "application/problem+json; charset=utf-8"
            schema: Any = {"$ref": "#/components/schemas/Problem"}
        else:
            described = self._kind(path)
            assert kind == f"{described}; charset=utf-8"
            schema = expected[status]
            if described != JSON:
                self._check_lines(described, response)
                return
        body = json.loads(response.data.decode("utf-8"))
        if path == DESCRIPTION:
            return
        validator = Draft202012Validator({**schema, "components": self._components}, format_checker=FormatChecker())
        errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(body)]
        assert not errors, errors[:5]
        if expected[status] == "problem":
            assert body["status"] == status
            assert response.headers["X-Request-Id"] == body["instance"]

    def _kind(self, path: str) -> str:
        """The media type of the answer under this path."""
        operation = self.description["paths"].get(path)
        return next(iter(operation["get"]["responses"]["200"]["content"])) if operation else JSON

    def _check_lines(self, kind: str, response: TestResponse) -> None:
        """A file has the lines that its headers promise, each of the shape that is described."""
        text = response.data.decode("utf-8")
        if kind == "text/csv":
            lines: list[Any] = list(csv.reader(io.StringIO(text, newline="")))[1:]
        else:
            lines = [json.loads(line) for line in text.split("\n")[:-1]]
            schema = {"$ref": "#/components/schemas/Result", "components": self._components}
            validator = Draft202012Validator(schema, format_checker=FormatChecker())
            assert all(validator.is_valid(line) for line in lines)
        assert len(lines) == int(response.headers["X-Row-Count"]) <= int(response.headers["X-Total-Count"])

    def _operation(self, path: str) -> dict[int, Any] | None:
        """Status → schema (or `problem`) of the operation that answers under this path."""
        if path == DESCRIPTION:
            return {200: {}}
        for template, operations in self.description["paths"].items():
            pattern = re.sub(r"\\\{[a-z_]+\\\}", ".+", re.escape(template))
            if re.fullmatch(pattern, path, re.DOTALL):
                return {
                    int(status): next(
                        "problem" if kind == "application/problem+json" else content["schema"]
                        for kind, content in one["content"].items()
                    )
                    for status, one in operations["get"]["responses"].items()
                }
        return None


def _pairs(given: Given) -> Iterable[tuple[str, object]]:
    for name, value in given.items() if isinstance(given, Mapping) else given:
        for one in value if isinstance(value, list | tuple) else (value,):
            yield name, one


def _closed(components: dict[str, Any]) -> dict[str, Any]:
    """The components, each object without room for keys that the description does not name."""
    closed = copy.deepcopy(components)
    for schema in closed["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return closed
