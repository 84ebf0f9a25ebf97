// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "line_program.hpp"

#include "../packets/clipped.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <utility>

#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace exec_package
{
namespace
{

using namespace std::chrono_literals;

constexpr auto between_looks = 10ms;          // at the memory
constexpr auto to_die = 500ms;                // after its output was closed
constexpr std::size_t most_last_words = 4096; // what is kept of its errors
constexpr std::size_t most_of_reason = 500;
constexpr std::size_t block_size = 65'536;

// While it lives, a write to a pipe that nobody reads is an error and no signal.
class no_broken_pipe
{
public:
    no_broken_pipe()
    {
        sigemptyset(&set_);
        sigaddset(&set_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &set_, &before_);
    }
    ~no_broken_pipe()
    {
        const timespec at_once{};
        while (::sigtimedwait(&set_, nullptr, &at_once) > 0)
        {
        }
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    no_broken_pipe(const no_broken_pipe&) = delete;
    no_broken_pipe& operator=(const no_broken_pipe&) = delete;

private:
    sigset_t set_{};
    sigset_t before_{};
};

// Reads what there is, and closes it at its end. Returns whether there may be more: `into` has
// `most` bytes then.
bool read_some(process::descriptor& from, std::string& into, std::size_t most)
{
    std::array<char, block_size> block; // NOLINT: it is filled before it is read
    while (from.is_open() && into.size() < most)
    {
        const ssize_t count = ::read(from.get(), block.data(), block.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN)
            return false;
        if (count <= 0)
            from.close();
        else
            into.append(block.data(), static_cast<std::size_t>(count));
    }
    return from.is_open();
}

std::string_view last_line_of(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const std::size_t end = text.find_last_not_of(space);
    if (end == std::string_view::npos)
        return {};
    const std::size_t begin = text.find_last_of("\r\n", end);
    text = text.substr(0, end + 1).substr(begin == std::string_view::npos ? 0 : begin + 1);
    return packets::clipped(text, most_of_reason);
}

bool is_blank(std::string_view line)
{
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

} // namespace

void line_program::say(std::string_view line)
{
    if (unanswered_ == 0)
    {
        const bool has_ended = child_ && child_->has_ended(); // so that what is read now is all
        if (child_ && (look_for_surplus() || has_ended))
            end();
        since_ = clock::now();
    }
    unsaid_ += line;
    unsaid_ += '\n';
    ++unanswered_;
}

// Of a program that has answered all lines.
bool line_program::look_for_surplus()
{
    heard none;
    read_answers(none);
    return notice_surplus();
}

// What was read besides the answers would be taken for the answer to the next line.
bool line_program::notice_surplus()
{
    if (is_blank(unread_))
        return false;
    has_surplus_ = true;
    return true;
}

heard line_program::listen(std::chrono::milliseconds longest)
{
    heard found;
    if (!child_)
        begin();
    const clock::time_point end_of_wait = clock::now() + longest;
    while (found.answers.empty() && found.ended.empty() && clock::now() < end_of_wait)
    {
        wait_until_ready(end_of_wait);
        write_some();
        const bool has_ended = child_->has_ended(); // so that what is read now is all
        read_answers(found);
        if (has_ended)
        {
            output_.close();
            take_answers(found);
        }
        read_errors();
        if (unanswered_ == 0 && notice_surplus())
        {
            end();
            break;
        }
        found.ended = problem(has_ended);
    }
    if (!found.ended.empty())
        end();
    return found;
}

bool line_program::finish(std::chrono::milliseconds longest)
{
    if (!child_)
        return true;
    input_.close();
    const clock::time_point end_of_wait = clock::now() + longest;
    bool has_ended = false;
    while (!has_ended && clock::now() < end_of_wait)
    {
        wait_until_ready(end_of_wait);
        has_ended = child_->has_ended(); // so that what is read now is all
        (void)look_for_surplus();
        unread_.clear(); // nobody asked for it
        read_errors();
    }
    return has_ended;
}

void line_program::end()
{
    child_.reset();
    for (process::descriptor* each : {&input_, &output_, &errors_})
        each->close();
    unsaid_.clear();
    said_ = 0;
    unread_.clear();
    unanswered_ = 0;
}

void line_program::begin()
{
    process::pipe_ends input, output, errors;
    // It is told to end by what is looked at; this is for what grows faster than that. The data of a
    // program is what it has and may write. What it only reserves, as the runtimes of some languages
    // do by the gigabyte, does not count.
    const std::array limits{process::resource_limit{
        RLIMIT_DATA, limits_.memory + limits_.memory / 4 + (std::size_t{64} << 20)}};
    child_.emplace(command_, std::array{input.read.get(), output.write.get(), errors.write.get()},
                   limits);
    input_ = std::move(input.write);
    output_ = std::move(output.read);
    errors_ = std::move(errors.read);
    for (const process::descriptor* each : {&input_, &output_, &errors_})
        process::make_nonblocking(*each);
    last_words_.clear();
    since_ = looked_ = clock::now();
    closed_ = {};
    ++starts_;
    has_answered_ = false;
}

void line_program::wait_until_ready(clock::time_point until)
{
    std::array<pollfd, 3> ready{pollfd{unsaid_.empty() ? -1 : input_.get(), POLLOUT, 0},
                                pollfd{output_.get(), POLLIN, 0}, pollfd{errors_.get(), POLLIN, 0}};
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(until - clock::now());
    const auto wait = std::clamp<std::chrono::milliseconds>(rest, 0ms, between_looks);
    ::poll(ready.data(), ready.size(), static_cast<int>(wait.count()));
}

void line_program::write_some()
{
    if (unsaid_.empty() || !input_.is_open())
        return;
    const no_broken_pipe guard;
    while (said_ < unsaid_.size())
    {
        const ssize_t count = ::write(input_.get(), unsaid_.data() + said_, unsaid_.size() - said_);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno != EAGAIN)
            input_.close(); // it reads no more; whether it still answers will show
        if (count < 0)
            break;
        said_ += static_cast<std::size_t>(count);
    }
    // Only when it is as much as what is left: a pipe takes little at a time of a text of megabytes.
    if (said_ >= unsaid_.size() - said_)
        unsaid_.erase(0, std::exchange(said_, 0));
}

void line_program::read_answers(heard& into)
{
    bool has_more = true;
    while (has_more)
    {
        has_more = read_some(output_, unread_, limits_.line + block_size);
        const std::size_t before = unread_.size();
        take_answers(into);
        has_more = has_more && unread_.size() < before;
    }
    if (!output_.is_open() && closed_ == clock::time_point())
        closed_ = clock::now();
}

// Takes lines while there are some to answer. What is left then, or is too long, is a problem.
void line_program::take_answers(heard& into)
{
    std::size_t begin = 0;
    while (begin < unread_.size())
    {
        std::size_t end = unread_.find('\n', begin);
        if (end == std::string::npos && output_.is_open())
            break;
        end = std::min(end, unread_.size()); // the last one may be without its end
        const std::string_view line = std::string_view(unread_).substr(begin, end - begin);
        if (!is_blank(line))
        {
            if (unanswered_ == 0 || line.size() > limits_.line)
                break;
            into.answers.emplace_back(line);
            --unanswered_;
        }
        begin = std::min(end + 1, unread_.size());
    }
    unread_.erase(0, begin);
    if (into.answers.empty())
        return;
    since_ = clock::now();
    has_answered_ = true;
}

void line_program::read_errors()
{
    read_some(errors_, last_words_, last_words_.size() + block_size);
    if (last_words_.size() > 2 * most_last_words)
        last_words_.erase(0, last_words_.size() - most_last_words);
}

// Why the program must be ended, or has ended; empty if it goes on.
std::string line_program::problem(bool has_ended)
{
    const clock::time_point now = clock::now();
    const bool has_line = unread_.find('\n') != std::string::npos;
    if (has_line || unread_.size() > limits_.line)
        return "an answer of more than " + std::to_string(limits_.line) +
               " bytes; a shorter one was expected";
    if (has_ended)
        return reason_of_end();
    if (now - looked_ > between_looks)
    {
        looked_ = now;
        if (child_->memory() > limits_.memory)
            return "memory limit";
    }
    if (!output_.is_open() && now - closed_ > to_die)
        return "has closed its output; an answer was expected";
    if (unanswered_ > 0 && now - since_ > limits_.time)
        return "time limit";
    return {};
}

std::string line_program::reason_of_end()
{
    const int status = WIFEXITED(child_->status()) ? WEXITSTATUS(child_->status()) : 0;
    const int signal = child_->signal();
    if ((signal != 0 || status != 0) && (child_->memory() > limits_.memory - limits_.memory / 10 ||
                                         process::tells_of_lacking_memory(last_words_)))
        return "memory limit";
    if (signal != 0)
        return "signal " + std::to_string(signal);
    std::string reason = status == 0 ? std::string("has ended without an answer")
                                     : "exit status " + std::to_string(status);
    if (const std::string_view words = last_line_of(last_words_); !words.empty())
        reason.append(": ").append(words);
    return reason;
}

} // namespace exec_package
