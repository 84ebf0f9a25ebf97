// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/tried_host.hpp"

#include <penstock/json.hpp>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace penstock::faults
{

namespace
{

using namespace std::chrono_literals;

std::uint16_t free_port()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    const bool bound = ::bind(socket, any, size) == 0 && ::getsockname(socket, any, &size) == 0;
    ::close(socket);
    if (!bound)
        throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

std::string read_file(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<char*> pointers_to(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    for (std::string& each : texts)
        pointers.push_back(each.data());
    pointers.push_back(nullptr);
    return pointers;
}

} // namespace

tried_host::tried_host(settings with) : with_(std::move(with)), port_(free_port())
{
    std::filesystem::create_directories(with_.place);
    std::ofstream(with_.place / "trial.json") << with_.graph;
}

tried_host::~tried_host()
{
    if (id_ > 0)
        kill();
}

void tried_host::start()
{
    std::vector<std::string> arguments{PENSTOCK_PROGRAM,
                                       "run",
                                       with_.place / "trial.json",
                                       "--listen",
                                       "127.0.0.1:" + std::to_string(port_),
                                       "--data",
                                       with_.data.empty() ? with_.place / "data" : with_.data,
                                       "--packages",
                                       PENSTOCK_TRIAL_PACKAGES};
    arguments.insert(arguments.end(), with_.more.begin(), with_.more.end());
    std::vector<std::string> environment{"HOME=" + with_.place.string()};
    for (const char* kept : {"PATH", "LD_LIBRARY_PATH"})
        if (const char* value = std::getenv(kept); value != nullptr)
            environment.push_back(std::string(kept) + "=" + value);
    environment.insert(environment.end(), with_.environment.begin(), with_.environment.end());
    const std::filesystem::path log = with_.place / "log";
    const std::vector<char*> argument_pointers = pointers_to(arguments);
    const std::vector<char*> environment_pointers = pointers_to(environment);
    const pid_t parent = ::getpid();
    ::prctl(PR_SET_CHILD_SUBREAPER, 1); // a worker whose supervisor is killed is ours to wait for
    id_ = ::fork();
    if (id_ == 0)
    {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // nothing outlives the test
        const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        if (::getppid() == parent)
            ::execve(argument_pointers[0], argument_pointers.data(), environment_pointers.data());
        ::_exit(127);
    }
    const auto ended = [&] { return ::waitpid(id_, nullptr, WNOHANG) == id_; };
    bool has_ended = false;
    if (eventually(30s, [&] { return (has_ended = ended()) || answers(); }) && !has_ended)
        return;
    if (has_ended)
        id_ = -1;
    throw std::runtime_error("the host does not start; it said: " + this->log());
}

bool tried_host::answers() const
{
    const auto answer = client(1s).send("GET", "/livez");
    return answer && answer->status == 200;
}

int tried_host::stop()
{
    if (id_ <= 0) // or every process would get it
        throw std::logic_error("the host does not run, and cannot be stopped");
    ::kill(id_, SIGTERM);
    int status = 0;
    const auto ended = [&] { return ::waitpid(id_, &status, WNOHANG) == id_; };
    if (!eventually(60s, ended))
        throw std::runtime_error("the host does not stop; it said: " + log());
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void tried_host::kill()
{
    if (id_ <= 0)
        throw std::logic_error("the host does not run, and cannot be killed");
    const pid_t worker = this->worker();
    ::kill(id_, SIGKILL);
    ::waitpid(std::exchange(id_, -1), nullptr, 0);
    // It dies with its supervisor.
    if (worker > 0 && !eventually(10s, [&] { return ::waitpid(worker, nullptr, WNOHANG) != 0; }))
        throw std::runtime_error("the worker outlives its supervisor");
}

pid_t tried_host::worker() const
{
    const std::string task = "/proc/" + std::to_string(id_) + "/task/" + std::to_string(id_);
    std::istringstream children(read_file(task + "/children"));
    pid_t first = -1;
    if (children >> first)
        return first;
    for (const std::string& each : with_.more)
        if (each == "--no-supervisor")
            return id_;
    return -1;
}

bool tried_host::kill_worker()
{
    const pid_t worker = this->worker();
    return worker > 0 && ::kill(worker, SIGKILL) == 0;
}

std::string tried_host::log() const
{
    return read_file(with_.place / "log");
}

host::http::client tried_host::client(std::chrono::milliseconds timeout) const
{
    return {host::http::url{"127.0.0.1", port_, ""}, {.timeout = timeout}};
}

bool tried_host::settle(std::chrono::seconds within) const
{
    host::http::client asks = client();
    return eventually(within,
                      [&]
                      {
                          const auto answer = asks.send("GET", "/api/graphs/trial/state");
                          if (!answer || answer->status != 200)
                              return false;
                          const json::value state = parse_json(answer->body);
                          const json::value* pending = state.as_object().if_contains("pending");
                          return pending != nullptr && pending->is_object() &&
                                 pending->at("entries").to_number<std::uint64_t>() == 0;
                      });
}

std::map<std::uint64_t, std::vector<std::string>> read_witness(const std::filesystem::path& file)
{
    std::map<std::uint64_t, std::vector<std::string>> told;
    std::ifstream in(file);
    std::uint64_t number = 0;
    for (std::string id; in >> number >> id;)
        told[number].push_back(id);
    if (!in.eof())
        throw std::runtime_error(file.string() + ": has a line that is none of the witness's");
    return told;
}

std::size_t resident(pid_t process)
{
    std::istringstream in(read_file("/proc/" + std::to_string(process) + "/statm"));
    std::size_t all = 0;
    std::size_t resident = 0;
    in >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void pause(std::chrono::microseconds time)
{
    std::this_thread::sleep_for(time);
}

} // namespace penstock::faults
