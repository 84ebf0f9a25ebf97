// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/exercise_list.hpp"
#include "tests/packages/sample_packets.hpp"
#include "tests/plugins/geo/made_database.hpp"

#include <fstream>

namespace penstock::host::tests
{

void add_fields(exercise_list& to)
{
    to.add("fields/set", R"({"field": "title", "value": ["x", "y"]})", document);
    to.add("fields/copy", R"({"from": ["title", "tags"], "to": ["t", "n"], "mode": "append"})",
           document);
    to.add("fields/rename", R"({"from": ["title", "tags"], "to": ["tags", "title"],
                             "mode": "overwrite"})",
           document);
    to.add("fields/delete", R"({"fields": ["tags", "absent"]})", document);

    to.add("fields/map",
           R"json({"fields": {"total": "n * 2", "title": "title:upper()", "tags": "nil"}})json",
           document);

    to.add("fields/convert",
           R"({"fields": {"n": "text", "title": "boolean"}, "on_failure": "keep"})", document);
    to.add("fields/case", R"({"fields": ["title", "tags"], "to": "title"})", document);
    to.add("fields/flatten", "{}", document);
    to.add("fields/lookup", R"({"file": "table.csv", "key": "tag", "field": "tags"})", document)
        .prepare = [] { std::ofstream("table.csv") << "tag,name\none,First\ntwo,Second\n"; };
    to.add("fields/validate",
           R"({"schema": {"required": ["title"], "properties": {"n": {"type": "integer"}}}})",
           document);

    to.add("dates/normalize",
           R"({"fields": ["n", "title"], "formats": ["epoch"], "on_failure": "keep"})", document);

    to.add("geo/ip", R"({"file": "places.mmdb", "field": "title"})", address_of_host).prepare = []
    {
        made_database places;
        places.add("10.0.0.0", 8, {{"country", {{"iso_code", "DE"}}}});
        places.write("places.mmdb");
    };
    to.add("geo/code", R"({"file": "places.txt", "field": "title"})", document).prepare = []
    {
        std::ofstream("places.txt")
            << "1\ta title\ta title\t\t48.1\t11.5\tP\tPPL\tDE\t\t02\t\t\t\t7"
               "\t\t10\tEurope/Berlin\t2026-01-01\n";
    };

    to.add(
        "script/lua",
        R"json({"script": "function process(p) if p.tags then p.tags[1] = 'x' end return {p, derive(p, {n = p.n})} end"})json",
        document);
}

} // namespace penstock::host::tests
