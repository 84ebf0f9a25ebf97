// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "program.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace penstock::host::cli::testing
{

namespace
{

constexpr std::chrono::seconds patience{40};

std::array<int, 2> make_pipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    return ends;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    for (std::string& each : texts)
        pointers.push_back(each.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// Appends what can be read now; false at the end.
bool drain(int file, std::string& text)
{
    std::array<char, 65536> part;
    const ssize_t count = ::read(file, part.data(), part.size());
    if (count > 0)
        text.append(part.data(), static_cast<std::size_t>(count));
    return count > 0 || (count < 0 && errno == EINTR);
}

} // namespace

scratch::scratch()
{
    std::string name = (std::filesystem::temp_directory_path() / "penstock-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("no temporary folder");
    path_ = name;
}

scratch::~scratch()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string scratch::write(const std::string& name, std::string_view text) const
{
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
}

std::string read_file(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

program::program(const scratch& home, std::vector<std::string> arguments, const std::string& input,
                 const std::vector<std::string>& variables)
{
    const std::array<int, 2> out = make_pipe();
    const std::array<int, 2> err = make_pipe();
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&files, out[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, err[1], STDERR_FILENO);
    arguments.insert(arguments.begin(), PENSTOCK_PROGRAM);
    std::vector<std::string> environment{"HOME=" + home.path().string()};
    for (const char* kept : {"PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS"})
        if (const char* value = std::getenv(kept); value != nullptr)
            environment.push_back(std::string(kept) + "=" + value);
    environment.insert(environment.end(), variables.begin(), variables.end());
    const int error = ::posix_spawn(&id_, PENSTOCK_PROGRAM, &files, nullptr,
                                    pointers_to(arguments).data(), pointers_to(environment).data());
    ::posix_spawn_file_actions_destroy(&files);
    ::close(out[1]);
    ::close(err[1]);
    out_ = out[0];
    err_ = err[0];
    if (error != 0)
        throw std::runtime_error("the program cannot be started");
}

program::~program()
{
    if (id_ > 0)
    {
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
    }
    for (const int file : {out_, err_})
        if (file >= 0)
            ::close(file);
}

bool program::read_some()
{
    using std::chrono::milliseconds;
    std::array<pollfd, 2> files{pollfd{out_, POLLIN, 0}, pollfd{err_, POLLIN, 0}};
    const auto left =
        std::chrono::duration_cast<milliseconds>(deadline_ - std::chrono::steady_clock::now());
    if (left <= milliseconds(0) ||
        ::poll(files.data(), files.size(), static_cast<int>(left.count())) == 0)
        throw std::runtime_error("the program took too long; it said: " + result_.err);
    if (files[0].revents != 0 && !drain(out_, result_.out))
        ::close(std::exchange(out_, -1)); // poll() passes over it from now on
    if (files[1].revents != 0 && !drain(err_, result_.err))
        ::close(std::exchange(err_, -1));
    return out_ >= 0 || err_ >= 0;
}

std::string program::wait_for(std::string_view text)
{
    deadline_ = std::chrono::steady_clock::now() + patience;
    while (true)
    {
        const std::size_t found = result_.err.find(text, seen_);
        const std::size_t end = found == std::string::npos ? found : result_.err.find('\n', found);
        if (end != std::string::npos)
        {
            const std::size_t start = result_.err.rfind('\n', found) + 1;
            seen_ = end;
            return result_.err.substr(start, end - start);
        }
        if (!read_some())
            throw std::runtime_error("the program ended; it said: " + result_.err);
    }
}

void program::signal(int number) const
{
    if (id_ <= 0) // or every process would get it
        throw std::logic_error("the program has ended, and cannot be signalled");
    ::kill(id_, number);
}

ended program::wait()
{
    deadline_ = std::chrono::steady_clock::now() + patience;
    while ((out_ >= 0 || err_ >= 0) && read_some())
        continue;
    int status = 0;
    ::waitpid(std::exchange(id_, -1), &status, 0);
    result_.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result_;
}

ended run(const scratch& home, std::vector<std::string> arguments, const std::string& input,
          const std::vector<std::string>& variables)
{
    return program(home, std::move(arguments), input, variables).wait();
}

namespace
{

std::vector<std::string> as_host(std::vector<std::string> arguments, processes number)
{
    arguments.insert(arguments.begin(), {"run", "--listen", "127.0.0.1:0"});
    if (number == processes::one)
        arguments.emplace_back("--no-supervisor");
    return arguments;
}

} // namespace

pid_t child_of(pid_t process)
{
    const std::string id = std::to_string(process);
    pid_t child = -1;
    std::ifstream("/proc/" + id + "/task/" + id + "/children") >> child;
    return child > 0 ? child : -1;
}

running::running(const scratch& home, std::vector<std::string> arguments, processes number)
    : child_(home, as_host(std::move(arguments), number))
{
    const std::string line = child_.wait_for("listening on ");
    const std::size_t colon = line.rfind(':');
    port_ = static_cast<std::uint16_t>(std::stoul(line.substr(colon + 1)));
}

std::string running::url() const
{
    return "http://127.0.0.1:" + std::to_string(port_);
}

ended running::stop()
{
    child_.signal(SIGTERM);
    return child_.wait();
}

} // namespace penstock::host::cli::testing
