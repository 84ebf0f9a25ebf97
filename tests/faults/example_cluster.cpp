// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/example_cluster.hpp"

#include "tests/faults/own_machine.hpp"
#include "tests/faults/tried_host.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include <fcntl.h>
#include <libpq-fe.h>
#include <unistd.h>

namespace penstock::faults
{

namespace
{

using namespace std::chrono_literals;

constexpr const char* databases = "10.75.0.11,10.75.0.12,10.75.0.13";
constexpr unsigned disk_size = 2'560; // MiB
constexpr auto time_to_heal = 90s;

std::vector<pid_t> children_of(pid_t process)
{
    const std::string id = std::to_string(process);
    std::ifstream in("/proc/" + id + "/task/" + id + "/children");
    std::vector<pid_t> found;
    for (pid_t each = 0; in >> each;)
        found.push_back(each);
    return found;
}

std::string end_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    constexpr std::streamoff most = 2'000;
    in.seekg(std::max<std::streamoff>(0, in.tellg() - most));
    std::ostringstream text;
    text << file.filename().string() << ": " << in.rdbuf() << '\n';
    return text.str();
}

} // namespace

example_cluster::example_cluster(const std::filesystem::path& place, const std::string& graph)
    : home_(place / "cluster")
{
    for (const char* each : {"db1", "db2", "db3"})
    {
        std::filesystem::create_directories(home_ / each);
        mount_small_disk(home_ / each, disk_size);
    }
    std::filesystem::permissions(place, std::filesystem::perms::others_exec,
                                 std::filesystem::perm_options::add); // for the servers' user
    std::ofstream(place / "trial.json") << graph;
    ::setenv("CLUSTER_HOME", home_.c_str(), 1);
    ::setenv("CLUSTER_NETWORK", "127.0.0", 1); // nobody else is here
    ::setenv("CLUSTER_APART", "1", 1);
    ::setenv("CLUSTER_GRAPH", (place / "trial.json").c_str(), 1);
    ::setenv("CLUSTER_PACKAGES", PENSTOCK_TRIAL_PACKAGES, 1);
    ::setenv("PENSTOCK", PENSTOCK_PROGRAM, 1);
    command("start");
}

void example_cluster::command(const std::string& verb,
                              const std::vector<std::string>& machines) const
{
    std::vector<std::string> words{PENSTOCK_EXAMPLES "/cluster/cluster", verb};
    words.insert(words.end(), machines.begin(), machines.end());
    if (run_program(words) != 0)
        throw std::runtime_error("cluster " + verb + ": failed; " + last_words());
}

// The first column of each row; none while no database can be written.
std::vector<std::string> example_cluster::ask(const std::string& sql) const
{
    const std::string to = std::string("host=") + databases +
                           " user=postgres dbname=penstock connect_timeout=2 passfile=" +
                           (home_ / "pgpass.admin").string() +
                           " target_session_attrs=read-write options='-c statement_timeout=5s'";
    const std::unique_ptr<PGconn, void (*)(PGconn*)> session(PQconnectdb(to.c_str()), PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(session.get(), sql.c_str()),
                                                                PQclear);
    std::vector<std::string> rows;
    for (int row = 0; row < PQntuples(result.get()); ++row)
        rows.emplace_back(PQgetvalue(result.get(), row, 0));
    return rows;
}

// As Patroni has them in etcd: what PostgreSQL does is noted there a moment later, and counts then.
std::optional<example_cluster::roles> example_cluster::read_roles()
{
    for (const char* each : {"10.75.0.11", "10.75.0.12", "10.75.0.13"})
    {
        host::http::client patroni({each, 8008, ""}, {.timeout = 2s});
        const auto answer = patroni.send("GET", "/cluster");
        if (!answer || answer->status != 200)
            continue;
        roles found;
        const json::value cluster = parse_json(answer->body);
        for (const json::value& member : cluster.at("members").as_array())
        {
            const std::string name(member.at("name").as_string());
            const std::string_view role = member.at("role").as_string();
            if (member.at("state").as_string() != "running")
                continue;
            (role == "leader"         ? found.primary
             : role == "sync_standby" ? found.standby
                                      : found.other) = name;
        }
        if (!found.primary.empty() && !found.standby.empty() && !found.other.empty())
            return found;
    }
    return std::nullopt;
}

example_cluster::roles example_cluster::wait_for_roles() const
{
    std::optional<roles> found;
    const auto work_together = [&]
    {
        found = read_roles();
        return found &&
               ask("SELECT pid FROM pg_stat_replication WHERE state = 'streaming'").size() == 2;
    };
    if (!eventually(time_to_heal, work_together))
        throw std::runtime_error("the databases do not find each other again; " + last_words());
    return *found;
}

pid_t example_cluster::process(const std::string& name) const
{
    std::ifstream in(home_ / "run" / name);
    pid_t id = -1;
    if (!(in >> id) || id <= 0 || ::kill(id, 0) != 0)
        throw std::runtime_error(name + ": does not run; " + last_words());
    return id;
}

pid_t example_cluster::postgres(const std::string& machine) const
{
    const std::filesystem::path data = home_ / machine / "postgres";
    std::ifstream in(data / "postmaster.pid");
    pid_t id = -1;
    std::error_code ignored;
    if (!(in >> id) || id <= 0 ||
        std::filesystem::read_symlink("/proc/" + std::to_string(id) + "/cwd", ignored) != data)
        throw std::runtime_error("the server of " + machine + ": does not run; " + last_words());
    return id;
}

void example_cluster::signal(int which, pid_t family)
{
    ::kill(family, which);
    for (const pid_t each : children_of(family))
        signal(which, each);
}

void example_cluster::fill_disk(const std::string& machine) const
{
    const std::filesystem::path ballast = home_ / machine / "ballast";
    const int file = ::open(ballast.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const std::string block(1 << 20, '\0');
    int error = file < 0 ? errno : 0;
    for (std::size_t size = block.size(); error == 0 && size >= 4'096;)
        if (::write(file, block.data(), size) < 0)
        {
            error = errno == ENOSPC || errno == EINTR ? 0 : errno;
            size /= errno == ENOSPC ? 2 : 1;
        }
    if (file >= 0)
        ::close(file);
    if (error != 0)
        throw std::runtime_error(ballast.string() + ": " + std::strerror(error));
}

void example_cluster::empty_disk(const std::string& machine) const
{
    std::filesystem::remove(home_ / machine / "ballast");
}

bool example_cluster::is_settled() const
{
    const auto left = ask("SELECT count(*) FROM penstock.entries e WHERE NOT EXISTS "
                          "(SELECT FROM penstock.receipts r WHERE r.number = e.number)");
    return left.size() == 1 && left[0] == "0";
}

host::http::client example_cluster::host(std::size_t number)
{
    return {host::http::url{"127.0.0.2" + std::to_string(number), 8080, ""}, {.timeout = 10s}};
}

std::string example_cluster::last_words() const
{
    std::string said;
    for (const auto& each : std::filesystem::directory_iterator(home_ / "log"))
        said += end_of(each.path());
    return said;
}

} // namespace penstock::faults
