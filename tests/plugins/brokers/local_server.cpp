// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "local_server.hpp"

#include "tests/plugins/server_process.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace
{

using namespace std::chrono_literals;

std::string content_of(const std::string& file)
{
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

} // namespace

local_server::local_server(std::string owner) : user_(std::move(owner))
{
    std::string name = (std::filesystem::temp_directory_path() / "penstock-server-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error(name + ": no such directory could be made");
    folder_ = name;
    if (const passwd* const user = server_process::other_user(user_.c_str()); user != nullptr)
        (void)!::chown(folder_.c_str(), user->pw_uid, user->pw_gid);
}

local_server::~local_server()
{
    kill();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void local_server::start(const std::vector<std::string>& arguments,
                         const std::function<bool()>& is_ready)
{
    if (process_ > 0)
        return;
    if (!std::filesystem::exists(arguments.front()))
        throw std::runtime_error(arguments.front() + ": is not installed; Debian's package of it "
                                                     "was expected");
    process_ = server_process::begin(
        arguments,
        {.user = server_process::other_user(user_.c_str()), .folder = folder_, .log = path("log")});
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (!is_ready())
    {
        const bool has_ended = ::waitpid(process_, nullptr, WNOHANG) != 0;
        if (has_ended)
            process_ = -1; // which may be another one's soon
        if (has_ended || std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error(arguments.front() + ": " +
                                     (has_ended ? "has ended" : "does not answer") +
                                     "; it has said:\n" + content_of(path("log")));
        std::this_thread::sleep_for(10ms);
    }
}

void local_server::kill()
{
    if (process_ <= 0)
        return;
    ::kill(process_, SIGKILL);
    server_process::end_of(process_);
    process_ = -1;
}

void local_server::terminate()
{
    if (process_ > 0)
        ::kill(process_, SIGTERM);
    if (process_ > 0)
        server_process::end_of(process_);
    process_ = -1;
}

void local_server::pause()
{
    ::kill(process_, SIGSTOP);
    ::waitpid(process_, nullptr, WUNTRACED); // which takes a moment
}

void local_server::resume()
{
    ::kill(process_, SIGCONT);
}

bool local_server::listens() const
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool is_connected =
        ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return is_connected;
}

std::string local_server::write(const std::string& name, const std::string& content) const
{
    const std::string file = path(name);
    std::ofstream(file) << content;
    ::chmod(file.c_str(), 0600);
    if (const passwd* const user = server_process::other_user(user_.c_str()); user != nullptr)
        (void)!::chown(file.c_str(), user->pw_uid, user->pw_gid);
    return file;
}

std::string local_server::take_copy(const std::string& file, const std::string& name) const
{
    return write(name, content_of(file));
}
