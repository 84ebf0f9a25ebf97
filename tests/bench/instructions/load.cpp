// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Requests on several connections at once, on a host with its journal on disk: load PACKAGES GRAPH
// DOCUMENTS ACK CONNECTIONS BATCH COUNT. Counted is each thread by itself, under callgrind with
// --separate-threads=yes --instr-atstart=no. DOCUMENTS is NDJSON.

#include "host/base/file_text.hpp"
#include "host/journal/sqlite/sqlite_journal.hpp"

#include "tests/bench/instructions/connection.hpp"
#include "tests/bench/instructions/small_host.hpp"

#include <valgrind/callgrind.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace
{

using namespace penstock;

// Bodies of so many documents each.
std::vector<std::string> bodies(const char* file, std::size_t batch, std::size_t count)
{
    std::vector<std::string> made;
    std::ifstream lines(file);
    std::string line;
    for (std::size_t n = 0; n < count && std::getline(lines, line); ++n)
    {
        if (n % batch == 0)
            made.emplace_back();
        made.back().append(line).append(batch == 1 ? "" : "\n");
    }
    return made;
}

} // namespace

int main(int count, char** arguments)
try
{
    if (count != 8)
        throw std::invalid_argument(
            "expected PACKAGES GRAPH DOCUMENTS ACK CONNECTIONS BATCH COUNT");
    const char* const ack = arguments[4];
    const std::size_t connections = std::stoul(arguments[5]);
    const std::size_t batch = std::stoul(arguments[6]);
    const char* const type = batch == 1 ? "application/json" : "application/x-ndjson";
    const auto all = bodies(arguments[3], batch, std::stoul(arguments[7]));

    host::sqlite_journal_options options;
    options.directory = std::filesystem::current_path();
    host::sqlite_journal journal(options);
    const auto graph = host::read_text(arguments[2]);
    if (!graph)
        throw std::runtime_error(host::to_string(graph.error()));
    bench::small_host host(arguments[1], journal, *graph);
    std::vector<std::unique_ptr<bench::connection>> clients;
    for (std::size_t n = 0; n < connections; ++n)
        clients.push_back(std::make_unique<bench::connection>(host.port()));

    const auto send_all = [&]
    {
        for (std::size_t at = 0; at < all.size(); at += connections)
        {
            const std::size_t end = std::min(all.size(), at + connections);
            for (std::size_t n = at; n < end; ++n)
                clients[n - at]->send(ack, type, all[n]);
            for (std::size_t n = at; n < end; ++n)
                clients[n - at]->receive("202");
        }
        // The lane works on them in order: when this one is done, all are.
        clients.front()->send("processed&wait=60s", type, all.back());
        clients.front()->receive("200");
    };
    send_all(); // warms caches and pools up
    CALLGRIND_START_INSTRUMENTATION;
    send_all();
    CALLGRIND_STOP_INSTRUMENTATION;
}
catch (const std::exception& error)
{
    std::fprintf(stderr, "load: %s\n", error.what());
    return 1;
}
