// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker_server.hpp"

#include "broker_queue.hpp"

#include "tests/plugins/server_process.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace
{

using namespace std::chrono_literals;

constexpr const char* server_program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
constexpr const char* cookie = "penstock";

// What belongs to root is not for a broker.
const passwd* user_of_broker()
{
    return server_process::other_user("rabbitmq");
}

void give_away(const std::string& path)
{
    if (const passwd* const user = user_of_broker(); user != nullptr)
        (void)!::chown(path.c_str(), user->pw_uid, user->pw_gid);
}

pid_t begin(const std::vector<std::string>& arguments, std::vector<std::string> environment,
            const std::string& folder, int input = -1)
{
    return server_process::begin(arguments, {.user = user_of_broker(),
                                             .environment = std::move(environment),
                                             .folder = folder,
                                             .log = folder + "/log",
                                             .input = input});
}

std::vector<std::string> environment_of(const std::string& folder, std::uint16_t names_port)
{
    return {"PATH=/usr/bin:/bin", "HOME=" + folder, "LANG=C.UTF-8",
            "ERL_EPMD_PORT=" + std::to_string(names_port), "ERL_EPMD_ADDRESS=127.0.0.1"};
}

std::string end_of_log(const std::string& folder)
{
    constexpr std::size_t most = 3000;
    std::ostringstream text;
    text << std::ifstream(folder + "/log").rdbuf();
    const std::string all = text.str();
    return all.substr(all.size() - std::min(all.size(), most));
}

} // namespace

broker_server::broker_server(cluster_membership membership) : membership_(std::move(membership))
{
    std::string name = (std::filesystem::temp_directory_path() / "penstock-mq-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error(name + ": no such directory could be made");
    folder_ = name;
    give_away(folder_);
    for (std::uint16_t* port : {&port_, &other_port_, &names_port_, &neighbours_port_})
        *port = held_.emplace_back().number();
    if (membership_.names_port != 0)
        names_port_ = membership_.names_port;
}

broker_server::~broker_server()
{
    kill();
    if (names_ > 0)
    {
        ::kill(names_, SIGKILL);
        server_process::end_of(names_);
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

// Otherwise each node would start one that stays when it ends.
void broker_server::start_names()
{
    if (names_ > 0 || membership_.names_port != 0)
        return;
    names_ = begin({"/usr/bin/epmd", "-port", std::to_string(names_port_), "-address", "127.0.0.1"},
                   environment_of(folder_, names_port_), folder_);
}

void broker_server::begin_start()
{
    if (process_ > 0)
        return;
    if (!std::filesystem::exists(server_program))
        throw std::runtime_error(std::string(server_program) +
                                 ": is not installed; the package rabbitmq-server was expected");
    start_names();
    {
        std::ofstream file(folder_ + "/rabbitmq.conf");
        file << "listeners.tcp.1 = 127.0.0.1:" << port_
             << "\nlog.file = false\nlog.console = true\nlog.console.level = info\n"
                "max_message_size = 4194304\n"
             << more_;
        if (!membership_.first.empty())
            file << "cluster_formation.peer_discovery_backend = classic_config\n"
                    "cluster_formation.classic_config.nodes.1 = "
                 << membership_.first << "@localhost\n"
                 << "cluster_formation.classic_config.nodes.2 = " << node() << '\n';
        std::ofstream(folder_ + "/enabled_plugins") << "[].\n";
    }
    std::vector<std::string> environment = environment_of(folder_, names_port_);
    for (const std::string& each :
         {"RABBITMQ_NODENAME=" + node(), "RABBITMQ_MNESIA_BASE=" + folder_ + "/data",
          "RABBITMQ_LOG_BASE=" + folder_, "RABBITMQ_CONFIG_FILE=" + folder_ + "/rabbitmq.conf",
          "RABBITMQ_ENABLED_PLUGINS_FILE=" + folder_ + "/enabled_plugins",
          std::string("RABBITMQ_CONF_ENV_FILE=/dev/null"),
          "RABBITMQ_DIST_PORT=" + std::to_string(neighbours_port_),
          std::string("RABBITMQ_ALLOW_INPUT=1"), // or a shell stays between
          std::string("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-noinput -setcookie ") + cookie +
              " +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"
              " -kernel inet_dist_use_interface {127,0,0,1} net_ticktime 8"})
        environment.push_back(each);
    process_ = begin({server_program}, environment, folder_);
}

void broker_server::start()
{
    begin_start();
    const auto deadline = std::chrono::steady_clock::now() + 90s;
    while (!broker_queue::lets_in(port_))
    {
        const bool has_ended = ::waitpid(process_, nullptr, WNOHANG) != 0;
        if (has_ended)
            process_ = -1; // which may be another one's soon
        if (has_ended || std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error(
                "rabbitmq: " + std::string(has_ended ? "has ended" : "does not answer") +
                "; its log ends with:\n" + end_of_log(folder_));
        std::this_thread::sleep_for(20ms);
    }
}

void broker_server::kill()
{
    if (process_ <= 0)
        return;
    ::kill(process_, SIGKILL);
    server_process::end_of(process_);
    process_ = -1;
}

void broker_server::pause()
{
    ::kill(process_, SIGSTOP);
    ::waitpid(process_, nullptr, WUNTRACED); // which takes a moment
}

void broker_server::resume()
{
    ::kill(process_, SIGCONT);
}

std::string broker_server::take_copy(const std::string& file, const std::string& name) const
{
    std::string copy = folder_ + "/" + name;
    std::filesystem::copy_file(file, copy);
    ::chmod(copy.c_str(), 0600);
    give_away(copy);
    return copy;
}

void broker_server::evaluate(const std::string& expression) const
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw std::runtime_error("pipe: none could be made");
    const pid_t call = begin({"/usr/bin/erl_call", "-n", node(), "-c", cookie, "-e"},
                             environment_of(folder_, names_port_), folder_, ends[0]);
    ::close(ends[0]);
    const std::string text = expression + ".\n";
    (void)!::write(ends[1], text.data(), text.size());
    ::close(ends[1]);
    if (server_process::end_of(call) != 0)
        throw std::runtime_error("erl_call: " + expression + ": failed");
}

std::string broker_server::text_of(const std::string& expression) const
{
    const std::string file = folder_ + "/text";
    std::filesystem::remove(file);
    evaluate("ok = file:write_file(\"" + file + "\", " + expression + ")");
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

std::string broker_server::log() const
{
    return end_of_log(folder_);
}

namespace
{

// 0: ctest has begun none.
std::uint16_t port_of_run()
{
    const char* const file = std::getenv("PENSTOCK_TEST_BROKER");
    long keeper = 0;
    std::uint16_t port = 0;
    if (file != nullptr)
        std::ifstream(file) >> keeper >> port;
    return port;
}

broker_server& own_broker()
{
    static broker_server one;
    return one;
}

} // namespace

std::uint16_t shared_broker_port()
{
    if (const std::uint16_t port = port_of_run(); port != 0)
        return port;
    own_broker().start();
    return own_broker().port();
}

std::string shared_broker_url()
{
    const std::uint16_t port = port_of_run();
    return "amqp://127.0.0.1:" + std::to_string(port != 0 ? port : own_broker().port());
}
