// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../process/child.hpp"
#include "../process/descriptor.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace exec_package
{

/// What a program may cost.
struct program_limits
{
    std::chrono::milliseconds time{30'000};      ///< until a line is answered
    std::size_t memory = std::size_t{256} << 20; ///< of the program
    std::size_t line = std::size_t{16} << 20;    ///< the most bytes of an answer
};

/// What came of listening to a program.
struct heard
{
    std::vector<std::string> answers; ///< one for each line that was said, in order
    std::string ended; ///< why the program runs no more; empty if it does, or has said too much
};

/// A program that answers each line with a line. Blank ones are no answers. It begins with the
/// first line, and again after it has ended. [one thread at a time]
class line_program
{
public:
    /// `command` begins with the path of the program.
    line_program(std::vector<std::string> command, const program_limits& limits)
        : command_(std::move(command)), limits_(limits)
    {
    }

    /// Adds a line to what the program is given, without the end of the line. One that has ended or
    /// written something when it had nothing to answer begins anew. Does not wait.
    void say(std::string_view line);

    /// Gives the program what was said, and returns when it has answered some of it, when it has
    /// ended, or after `longest`. If it has ended, what it did not answer is forgotten: `signal N`,
    /// `time limit`, `memory limit` or `exit status N` with its last words is the reason. Throws
    /// std::system_error if it cannot be run.
    [[nodiscard]] heard listen(std::chrono::milliseconds longest);

    /// Tells the program that nothing more comes, and returns whether it has ended, after `longest`
    /// at most. There may be no line that is not answered.
    [[nodiscard]] bool finish(std::chrono::milliseconds longest);

    /// Returns whether a program was found, since this was called last, to have written more than
    /// an answer to each line. Such a program is ended.
    [[nodiscard]] bool take_surplus() { return std::exchange(has_surplus_, false); }

    /// Ends the program; what it did not answer is forgotten.
    void end();

    /// How often the program began.
    [[nodiscard]] std::size_t starts() const { return starts_; }

    /// Whether the program has answered a line since it began last.
    [[nodiscard]] bool has_answered() const { return has_answered_; }

private:
    using clock = std::chrono::steady_clock;

    void begin();
    void wait_until_ready(clock::time_point until);
    void write_some();
    [[nodiscard]] bool look_for_surplus();
    [[nodiscard]] bool notice_surplus();
    void read_answers(heard& into);
    void take_answers(heard& into);
    void read_errors();
    [[nodiscard]] std::string problem(bool has_ended);
    [[nodiscard]] std::string reason_of_end();

    std::vector<std::string> command_;
    program_limits limits_;
    std::optional<process::child> child_; // none while it does not run
    process::descriptor input_, output_, errors_;
    std::string unsaid_;         // what was not written yet, behind what was
    std::size_t said_ = 0;       // how much of it was
    std::size_t unanswered_ = 0; // lines
    std::string unread_;         // the begin of an answer
    std::string last_words_;     // of its errors
    clock::time_point since_;    // it answered last, or had nothing to answer
    clock::time_point looked_;   // at its memory
    clock::time_point closed_;   // its output was, if it is
    std::size_t starts_ = 0;
    bool has_answered_ = false;
    bool has_surplus_ = false;
};

} // namespace exec_package
