// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/try_command.hpp"

#include "host/cli/arguments.hpp"
#include "host/packages/catalogue.hpp"
#include "host/supervise/confinement.hpp"

#include <penstock/testing/run.hpp>

#include <CLI/App.hpp>

#include <csignal>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace penstock::host::cli
{

namespace
{

constexpr int result_descriptor = 3;

void limit(int what, rlim_t most)
{
    const rlimit both{most, most};
    ::setrlimit(static_cast<__rlimit_resource>(what), &both);
}

// What the component cannot take back. Files cannot be written, whether files are confined or not.
void limit_itself(const json::object& wish)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::signal(SIGXFSZ, SIG_IGN); // a write fails instead
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 64);
    limit(RLIMIT_CPU, wish.at("milliseconds").to_number<rlim_t>() / 1000 + 1);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they reserve terabytes
    limit(RLIMIT_AS, wish.at("memory").to_number<rlim_t>());
#endif
}

// What a component may read: the system's libraries, packages, and what the host is set to allow.
std::vector<std::filesystem::path> readable_of(const std::vector<package_place>& places,
                                               const json::object& wish)
{
    std::vector<std::filesystem::path> readable{
        "/usr",           "/lib",           "/lib64",      "/etc/ld.so.cache",
        "/etc/localtime", "/etc/ssl/certs", "/proc/self",  "/dev/null",
        "/dev/zero",      "/dev/random",    "/dev/urandom"};
    for (const package_place& each : places)
        readable.push_back(each.folder);
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    readable.push_back(program.parent_path().parent_path() / "lib"); // the SDK's
    for (const json::value& each : wish.at("readable").as_array())
        readable.emplace_back(std::string(each.as_string()));
    return readable;
}

json::object problem_json(std::string pointer, std::string_view message, std::string_view expected)
{
    return {{"pointer", std::move(pointer)}, {"message", message}, {"expected", expected}};
}

// What is wrong with the parameters, told at `/params/NAME`.
json::array check_parameters(const component_type& type, const json::object& params)
{
    json::array problems;
    const auto instance = type.make();
    for (const parameter_problem& each : configure(*instance, params))
        problems.emplace_back(problem_json(each.name.empty() ? "/params" : "/params/" + each.name,
                                           each.message, each.expected));
    return problems;
}

std::vector<packet> read_packets(const json::value& list, json::array& problems)
{
    std::vector<packet> packets;
    for (const json::value& each : list.as_array())
        try
        {
            packets.push_back(packet_from_json(each.as_object()));
        }
        catch (const std::exception& wrong)
        {
            problems.emplace_back(
                problem_json("/packets/" + std::to_string(packets.size()), wrong.what(), ""));
            break;
        }
    return packets;
}

json::array packets_json(const std::vector<packet>& packets)
{
    json::array list;
    for (const packet& each : packets)
        list.emplace_back(to_json(each));
    return list;
}

json::object result_json(const testing::result& came)
{
    json::object outputs;
    for (const auto& [port, packets] : came.sent)
        outputs[port] = packets_json(packets);
    json::array failed;
    for (const auto& [packet, reason] : came.failed)
        failed.emplace_back(json::object{{"packet", to_json(packet)}, {"reason", reason}});
    return {{"outputs", std::move(outputs)},
            {"failed", std::move(failed)},
            {"replies", packets_json(came.replies)},
            {"log", json::array(came.log.begin(), came.log.end())}};
}

// What left the component; to blame is the packet that it was given, if there was only one.
json::object thrown(const json::array& only, std::string_view reason)
{
    json::array failed;
    for (const json::value& each : only)
        failed.emplace_back(json::object{{"packet", each}, {"reason", reason}});
    return {{"outputs", json::object()},
            {"failed", std::move(failed)},
            {"replies", json::array()},
            {"log", json::array()},
            {"error", reason}};
}

json::object attempt(const component_type& type, const json::object& wish)
{
    const json::value* given = wish.if_contains("params");
    const json::object params = given == nullptr ? json::object() : given->as_object();
    json::array problems = check_parameters(type, params);
    testing::inputs packets;
    if (const json::value* list = wish.if_contains("packets"))
    {
        const json::value* input = wish.if_contains("input");
        packets[std::string(input == nullptr ? "in" : std::string_view(input->as_string()))] =
            read_packets(*list, problems);
    }
    if (!problems.empty())
        return {{"problems", std::move(problems)}};
    const json::array only = packets.empty() || packets.begin()->second.size() != 1
                                 ? json::array()
                                 : packets_json(packets.begin()->second);
    try
    {
        const auto instance = type.make();
        return result_json(testing::run(*instance, params, std::move(packets)));
    }
    catch (const std::invalid_argument& wrong)
    {
        if (std::string_view(wrong.what()).starts_with("unknown input"))
            return {{"problems", json::array{problem_json("/input", wrong.what(), "")}}};
        return thrown(only, wrong.what());
    }
    catch (const std::exception& wrong)
    {
        return thrown(only, wrong.what());
    }
}

void write_result(const json::object& result)
{
    const std::string text = write_json(result);
    std::string_view rest = text;
    while (!rest.empty())
    {
        const ssize_t written = ::write(result_descriptor, rest.data(), rest.size());
        if (written <= 0)
            return; // who asked has gone
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

} // namespace

try_command::try_command(CLI::App& program) : command(*program.add_subcommand("try", ""))
{
    program.get_subcommand("try")->group(""); // not shown
}

int try_command::run()
{
    const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    const json::object wish = parse_json(text).as_object();
    limit_itself(wish);
    std::vector<std::string> folders;
    for (const json::value& each : wish.at("packages").as_array())
        folders.emplace_back(each.as_string());
    const std::vector<package_place> places = places_of(folders);
    const bool may_connect = wish.at("network").as_bool();
    const supervise::confinement held = supervise::confine(readable_of(places, wish), may_connect);
    // The limit of files holds for copies too, and nothing outlives this process.
    catalogue components(places, {}, mapped::file);
    const std::string id(wish.at("component").as_string());
    const auto type = components.find(id);
    if (type == nullptr)
        write_result({{"unknown", "there is no component " + quote(id)}});
    else
    {
        json::object result = attempt(*type, wish);
        result["confined"] = held.files;
        result["offline"] = held.tcp;
        write_result(result);
    }
    ::_exit(fine); // what the component left behind in its process is of no interest
}

} // namespace penstock::host::cli
