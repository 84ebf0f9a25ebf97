// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Sends the documents of a file over HTTP/1.1 to 127.0.0.1, each exactly once, and prints what
// became of them as one JSON line: loadgen --file F --port P [--path P] [--type T] [--connections
// N] [--documents N] [--batch N] [--array] [--retry] [--rate N] [--seconds S] [--accepted FILE].

#include "replay.hpp"
#include "requests.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/resource.h>

namespace
{

using penstock::bench::order;
using penstock::bench::outcome;
using penstock::bench::request;

order read_order(int count, char** arguments)
{
    order what;
    const std::map<std::string, std::function<void(const std::string&)>> options{
        {"--file", [&](const std::string& text) { what.file = text; }},
        {"--port", [&](const std::string& text)
         { what.port = static_cast<unsigned short>(std::stoul(text)); }},
        {"--path", [&](const std::string& text) { what.path = text; }},
        {"--type", [&](const std::string& text) { what.type = text; }},
        {"--connections", [&](const std::string& text) { what.connections = std::stoul(text); }},
        {"--documents", [&](const std::string& text) { what.documents = std::stoul(text); }},
        {"--batch", [&](const std::string& text) { what.batch = std::stoul(text); }},
        {"--rate", [&](const std::string& text) { what.rate = std::stod(text); }},
        {"--seconds", [&](const std::string& text) { what.seconds = std::stod(text); }},
        {"--accepted", [&](const std::string& text) { what.accepted = text; }},
    };
    for (int i = 1; i < count; ++i)
    {
        const std::string name = arguments[i];
        const auto found = options.find(name);
        if (name == "--array")
            what.as_array = true;
        else if (name == "--retry")
            what.retry = true;
        else if (found == options.end() || ++i == count)
            throw std::invalid_argument(name + ": unknown, or without its value");
        else
            found->second(arguments[i]);
    }
    return what;
}

double milliseconds(const std::vector<double>& sorted, double part)
{
    if (sorted.empty())
        return 0;
    const auto place = static_cast<std::size_t>(part * static_cast<double>(sorted.size()));
    return 1e3 * sorted[std::min(sorted.size() - 1, place)];
}

double cpu_seconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time)
    { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void print(const std::vector<request>& requests, outcome found, double begin)
{
    double bytes = 0;
    for (const request& each : requests)
        bytes += static_cast<double>(each.body);
    std::ranges::sort(found.answer_times);
    std::string statuses;
    for (const auto& [status, count] : found.statuses)
        statuses += (statuses.empty() ? "\"" : ", \"") + std::to_string(status) +
                    "\": " + std::to_string(count);
    std::printf("{\"requests\": %zu, \"accepted\": %zu, \"failed\": %zu, \"retries\": %zu, "
                "\"resets\": %zu, \"statuses\": {%s}, ",
                requests.size(), found.accepted, found.failed, found.retries, found.resets,
                statuses.c_str());
    std::printf("\"body_mb\": %.3f, \"begin\": %.6f, \"seconds\": %.6f, "
                "\"seconds_to_last_accept\": %.6f, \"cpu_seconds\": %.3f, ",
                bytes / 1e6, begin, found.seconds, found.seconds_to_last_accept, cpu_seconds());
    std::printf("\"p50_ms\": %.3f, \"p99_ms\": %.3f, \"p999_ms\": %.3f, \"max_ms\": %.3f}\n",
                milliseconds(found.answer_times, 0.5), milliseconds(found.answer_times, 0.99),
                milliseconds(found.answer_times, 0.999), milliseconds(found.answer_times, 1));
}

} // namespace

int main(int count, char** arguments)
try
{
    const order what = read_order(count, arguments);
    const std::vector<request> requests = penstock::bench::make_requests(what);
    penstock::bench::replay replay(what, requests);
    const auto begin = std::chrono::system_clock::now().time_since_epoch();
    outcome found = replay.run();
    print(requests, std::move(found), std::chrono::duration<double>(begin).count());
}
catch (const std::exception& error)
{
    std::fprintf(stderr, "loadgen: %s\n", error.what());
    return 1;
}
