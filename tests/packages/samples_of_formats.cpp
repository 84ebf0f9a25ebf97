// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/exercise_list.hpp"
#include "tests/packages/sample_packets.hpp"

namespace penstock::host::tests
{

void add_formats(exercise_list& to)
{
    to.add("json/read", "{}", json_body);
    to.add("json/write", R"({"format": "array"})", document);
    to.add("csv/read", "{}", csv_body);
    to.add("csv/write", R"({"columns": ["n", "text", "tags", "absent"]})", document);
    to.add("msgpack/read", "{}", msgpack_body);
    to.add("feed/read", "{}", feed_body);
    to.add("solr/read", "{}", solr_body);
    to.add("xml/read", R"({"record": "row", "xml": "xml"})", xml_body);
    to.add(
        "xml/map",
        R"({"record": "/rows/row", "fields": {"n": "@n", "all": {"path": "text", "mode": "all"}}})",
        xml_text);
    to.add("xml/write", "{}", document);
    to.add("archive/unpack", "{}", tar_body);
    to.add("document/detect", "{}", text_body);
    to.add("document/office", R"({"rows": true})", office_body);
    to.add("document/pdf", "{}", pdf_body);
    to.add("document/word", "{}", word_body);
    to.add("html/read", "{}", html_body);
    to.add("mail/read", "{}", mail_body);
    to.add("text/read", R"({"unit": "line"})", text_body);
}

} // namespace penstock::host::tests
