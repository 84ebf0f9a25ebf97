// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "database_server.hpp"

#include "tests/plugins/server_process.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <thread>

#include <libpq-fe.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace
{

// Where Debian has the server's programs; they are not in the path.
std::string path_of_program(const std::string& name)
{
    const std::filesystem::path versions = "/usr/lib/postgresql";
    std::error_code ignored;
    for (const auto& each : std::filesystem::directory_iterator(versions, ignored))
        if (std::filesystem::exists(each.path() / "bin" / name))
            return each.path() / "bin" / name;
    throw std::runtime_error(name + ": is not installed; the package postgresql was expected");
}

// The server refuses to run as root.
const passwd* user_of_server()
{
    return server_process::other_user("postgres");
}

pid_t begin(const std::string& path, std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), path);
    return server_process::begin(arguments, {.user = user_of_server()});
}

} // namespace

database_server::database_server()
{
    std::string name = (std::filesystem::temp_directory_path() / "penstock-pg-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error(name + ": no such directory could be made");
    folder_ = name;
    if (const passwd* const user = user_of_server(); user != nullptr)
        (void)!::chown(folder_.c_str(), user->pw_uid, user->pw_gid);
}

database_server::database_server(const database_certificate& shown) : database_server()
{
    const auto copy = [this](const std::string& from, const std::string& name)
    {
        const std::string to = folder_ + "/" + name;
        std::filesystem::copy_file(from, to);
        ::chmod(to.c_str(), 0600);
        if (const passwd* const user = user_of_server(); user != nullptr)
            (void)!::chown(to.c_str(), user->pw_uid, user->pw_gid);
        return to;
    };
    port_ = held_port_.emplace().number();
    arguments_ = {"-c", "listen_addresses=127.0.0.1",
                  "-c", "ssl=on",
                  "-c", "ssl_cert_file=" + copy(shown.file, "server.pem"),
                  "-c", "ssl_key_file=" + copy(shown.key, "server.key")};
}

database_server::database_server(const database_server* primary) : database_server()
{
    primary_ = primary->connection() + " application_name=standby";
}

database_server::~database_server()
{
    kill();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void database_server::start()
{
    if (process_ > 0)
        return;
    const std::string data = folder_ + "/data";
    if (!is_made_ && !primary_.empty() &&
        server_process::end_of(begin(path_of_program("pg_basebackup"),
                                     {"-D", data, "-R", "-c", "fast", "-N", "-d", primary_})) != 0)
        throw std::runtime_error("pg_basebackup: the database could not be copied");
    if (!is_made_ && primary_.empty() &&
        server_process::end_of(
            begin(path_of_program("initdb"), {"-D", data, "-U", "owner", "-A", "trust", "-E",
                                              "UTF8", "--locale=C.UTF-8", "-N"})) != 0)
        throw std::runtime_error("initdb: no database could be made");
    is_made_ = true;
    std::vector<std::string> arguments{
        "-D", data,
        "-k", folder_,
        "-p", std::to_string(port_),
        "-c", "listen_addresses=",
        "-c", "fsync=off",
        "-c", "max_connections=50",
        "-c", "max_prepared_transactions=1", // locks without a session
        "-c", "shared_buffers=16MB"};
    arguments.insert(arguments.end(), arguments_.begin(), arguments_.end());
    process_ = begin(path_of_program("postgres"), arguments);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (PQping(connection().c_str()) != PQPING_OK)
    {
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("postgres: does not answer");
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

void database_server::kill()
{
    if (process_ <= 0)
        return;
    ::kill(process_, SIGQUIT); // at once; its children with it
    server_process::end_of(process_);
    process_ = -1;
}

std::string database_server::connection() const
{
    return "host=" + folder_ + " port=" + std::to_string(port_) + " dbname=postgres user=owner";
}

std::string database_server::address() const
{
    return "postgresql://owner@/postgres?host=" + folder_ + "&port=" + std::to_string(port_);
}

std::vector<std::string> database_server::ask(const std::string& statements) const
{
    const std::unique_ptr<PGconn, void (*)(PGconn*)> to(PQconnectdb(connection().c_str()),
                                                        PQfinish);
    PQsetNoticeProcessor(
        to.get(), [](void*, const char*) {}, nullptr);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(
        PQexec(to.get(), statements.c_str()), PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        throw std::runtime_error(PQerrorMessage(to.get()));
    std::vector<std::string> rows;
    for (int row = 0; row < PQntuples(result.get()); ++row)
        rows.emplace_back(
            PQgetisnull(result.get(), row, 0) != 0 ? "NULL" : PQgetvalue(result.get(), row, 0));
    return rows;
}
