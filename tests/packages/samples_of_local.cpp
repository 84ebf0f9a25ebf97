// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/exercise_list.hpp"
#include "tests/packages/sample_packets.hpp"
#include "tests/packages/stage.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace penstock::host::tests
{

namespace
{

std::vector<std::string> lines_of(const std::string& file)
{
    std::vector<std::string> lines;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

// Ids follow from the receipts, which differ from run to run.
std::vector<std::string> printed()
{
    std::vector<std::string> lines;
    for (const std::string& line : lines_of("stdout"))
    {
        json::object form = parse_json(line).as_object();
        form.erase("id");
        lines.push_back(write_json(form));
    }
    return lines;
}

void fill_database()
{
    stage writing(*packages().find("search/index"), exercise_of("search/index"));
    writing.deploy(1);
    for (std::size_t n = 0; n < 10; ++n)
        writing.push(n);
    if (!writing.settle() || writing.bench().graph.stop(std::chrono::seconds(20)) != 0)
        throw std::runtime_error("the database could not be filled");
}

// A log whose time of change is the same in each run, for its lines tell it.
void make_log()
{
    {
        std::ofstream log("read.log");
        for (int n = 0; n < 500; ++n)
            log << "line " << n << '\n';
    }
    using std::filesystem::file_time_type;
    std::filesystem::last_write_time("read.log", file_time_type(std::chrono::hours(24 * 365)));
}

} // namespace

void add_local(exercise_list& to)
{
    to.add("debug/generate", R"({"count": 500, "packet": {"text": "made"}})", {}).makes = 500;

    exercise& read = to.add("files/read", R"({"paths": ["read.log"], "mode": "lines"})", {});
    read.makes = 500;
    read.prepare = make_log;

    to.add("search/query", R"({"database": "samples", "weights": {"title": 2}, "facets": ["tags"],
                            "filters": {"tags": ["one", "three"]}})",
           question)
        .prepare = fill_database;
    to.add("search/index", R"({"database": "samples", "window": "5ms", "fields": ["title", "text"],
                            "facets": ["tags", "n"], "language": "english"})",
           document)
        .published = [] { return documents_of("samples"); };

    exercise& write = to.add("files/write", R"({"path": "written.ndjson"})", document);
    write.published = [] { return lines_of("written.ndjson"); };
    exercise& print = to.add("debug/print", "{}", document);
    print.published = printed;
    print.prints = true;
    to.add("debug/null", "{}", document);
}

} // namespace penstock::host::tests
