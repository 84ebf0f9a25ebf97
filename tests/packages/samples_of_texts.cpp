// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/exercise_list.hpp"
#include "tests/packages/sample_packets.hpp"
#include "tests/plugins/trained_model.hpp"

#include <fstream>

namespace penstock::host::tests
{

void add_texts(exercise_list& to)
{
    to.add("text/chunk", R"({"size": 2, "overlap": 1})", document);
    to.add("text/lines", R"({"field": "text"})", document);
    to.add("text/grep", R"({"pattern": "[02468]$"})", document);
    to.add("text/sort", R"({"field": "tags", "order": "descending"})", document);
    to.add("text/uniq", R"({"field": "tags", "counts": "counts"})", document);
    to.add("text/cut", R"({"parts": ["2-", "1"], "delimiter": " "})", document);
    to.add("text/normalize", R"({"form": "nfkc", "case": "fold", "space": "collapse"})", document);
    to.add("text/redact", R"({"patterns": ["number[0-9]+"]})", letter);
    to.add("extract/address", "{}", letter);
    to.add("extract/email", "{}", letter);
    to.add("extract/url", "{}", letter);
    to.add("extract/keyvalue", R"({"prefix": "told."})", letter);
    to.add("extract/regex",
           R"json({"pattern": "(?P<key>\\w+)=(?P<value>\\d+)", "matches": "all"})json", letter);
    to.add("extract/grok", R"({"patterns": ["number=%{INT:number:int} %{WORD:word}"]})", letter);
    to.add("extract/dictionary", R"({"file": "terms"})", letter).prepare = []
    { std::ofstream("terms") << "ann\nboston\nnumber\n"; };

    to.add("language/detect", R"({"guess": true, "most": 3, "share": "shares"})", document);
    to.add("classify/text", R"({"model": "samples.bin"})", document).prepare = []
    { train_model("samples.bin"); };
}

} // namespace penstock::host::tests
