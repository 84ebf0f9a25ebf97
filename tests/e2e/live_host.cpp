// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace penstock::e2e
{

namespace
{

std::vector<std::string> with_data(const scratch& home, std::vector<std::string> arguments)
{
    arguments.insert(arguments.end(), {"--data", home.at("data")});
    return arguments;
}

std::size_t count_entries(const std::filesystem::path& folder)
{
    const std::filesystem::directory_iterator entries(folder);
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

// A thread that has just ended has no name.
bool is_for_blocking_work(const std::filesystem::path& thread)
{
    std::ifstream file(thread / "comm");
    std::string name;
    return std::getline(file, name) && name == "blocking";
}

std::size_t count_threads(const std::filesystem::path& folder)
{
    const std::filesystem::directory_iterator threads(folder);
    return static_cast<std::size_t>(std::ranges::count_if(
        threads, [](const auto& thread) { return !is_for_blocking_work(thread); }));
}

} // namespace

std::size_t growth(const footprint& before, const footprint& after)
{
    return is_sanitized || after.resident < before.resident ? 0 : after.resident - before.resident;
}

caller::caller(std::uint16_t port)
    : client_({.host = "127.0.0.1", .port = port, .prefix = {}},
              {.timeout = std::chrono::seconds(30)})
{
}

response caller::ask(std::string_view method, std::string_view target, const header_fields& fields,
                     std::string_view body)
{
    host::http::header_list headers;
    for (const header_field& each : fields)
        headers.add(each.name, each.value);
    auto answer = client_.send(method, target, headers, body);
    if (!answer)
        throw std::runtime_error(std::string(method) + " " + std::string(target) + ": " +
                                 answer.error().message());
    return *std::move(answer);
}

response caller::post(std::string_view target, std::string_view type, std::string_view body,
                      const header_fields& more)
{
    header_fields fields{{"Content-Type", std::string(type)}};
    fields.insert(fields.end(), more.begin(), more.end());
    return ask("POST", target, fields, body);
}

json::value caller::get(std::string_view target)
{
    const response answer = ask("GET", target);
    if (answer.status != 200)
        throw std::runtime_error(std::string(target) + ": " + std::to_string(answer.status) + ": " +
                                 answer.body);
    return body_of(answer);
}

live_host::live_host(const scratch& home, std::vector<std::string> arguments, processes number)
    : host_(home, with_data(home, std::move(arguments)), number), caller_(host_.port())
{
}

footprint live_host::measure()
{
    const std::filesystem::path process = "/proc/" + std::to_string(child().id());
    footprint now;
    std::size_t pages = 0;
    std::ifstream(process / "statm") >> pages >> pages;
    now.resident = pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    now.descriptors = count_entries(process / "fd");
    now.threads = count_threads(process / "task");
    return now;
}

account live_host::account_of(const std::string& graph)
{
    const json::value stats = caller_.get("/api/graphs/" + graph + "/stats");
    const auto count = [&](const char* name) { return stats.at(name).to_number<std::uint64_t>(); };
    return {count("accepted") + count("left"), count("done"), count("delivered"), count("dropped"),
            count("dead")};
}

account live_host::settle(const std::string& graph, clock::duration within)
{
    account now;
    const bool settled = eventually(
        [&]
        {
            now = account_of(graph);
            return now.done == now.accepted;
        },
        within);
    if (!settled)
        throw std::runtime_error(graph + ": " + std::to_string(now.accepted - now.done) +
                                 " entries are still pending");
    return now;
}

boost::test_tools::predicate_result live_host::shrinks_to(const footprint& before,
                                                          clock::duration within)
{
    footprint now;
    boost::test_tools::predicate_result has_shrunk = eventually(
        [&]
        {
            now = measure();
            return now.descriptors <= before.descriptors && now.threads <= before.threads;
        },
        within);
    has_shrunk.message() << now.descriptors << " descriptors where " << before.descriptors
                         << " were, " << now.threads << " threads where " << before.threads
                         << " were";
    return has_shrunk;
}

json::value body_of(const response& answer)
{
    return parse_json(answer.body);
}

std::string text_of(const json::value& value)
{
    return std::string(value.as_string());
}

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::string graph(const std::string& name, const std::vector<node>& nodes,
                  const std::vector<std::pair<std::string, std::string>>& edges)
{
    json::object all;
    for (const node& each : nodes)
        all[each.name] = {{"component", each.component}, {"params", parse_json(each.params)}};
    json::array wires;
    for (const auto& [from, to] : edges)
        wires.push_back({{"from", from}, {"to", to}});
    return write_json(
        json::object{{"penstock", 1}, {"name", name}, {"nodes", all}, {"edges", wires}});
}

std::string gate_folder()
{
    return PENSTOCK_GATE;
}

gate::gate(const scratch& home, const std::string& name) : path_(home.at(name))
{
    if (::mkfifo(path_.c_str(), 0600) != 0)
        throw std::runtime_error(path_ + ": cannot be made");
}

gate::~gate()
{
    if (end_ >= 0)
        ::close(end_);
}

// Opening both ends needs nobody at the other one; those who come later find it open.
void gate::open()
{
    end_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    if (end_ < 0)
        throw std::runtime_error(path_ + ": cannot be opened");
}

} // namespace penstock::e2e
