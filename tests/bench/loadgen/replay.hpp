// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "answer.hpp"
#include "requests.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace penstock::bench
{

/// What became of the requests.
struct outcome
{
    std::map<int, std::size_t> statuses;
    std::size_t accepted = 0; ///< documents in requests answered with 2xx
    std::size_t failed = 0;   ///< documents that were refused, and not sent again
    std::size_t retries = 0;
    std::size_t resets = 0;            ///< connections that ended before their answer
    std::vector<double> answer_times;  ///< of the accepted, in seconds
    double seconds = 0;                ///< until the last answer
    double seconds_to_last_accept = 0; ///< until the last that was accepted
};

/// Sends each request once over connections that stay, on one thread. In a closed loop each
/// connection sends its next when it has its answer; with a rate each request has its time, and its
/// answer is timed from then, so that one slow answer does not hide that those behind it waited
/// too.
class replay
{
public:
    /// Both outlive the replay.
    replay(const order& what, const std::vector<request>& requests);
    ~replay();
    replay(const replay&) = delete;
    replay& operator=(const replay&) = delete;

    /// Sends all, or what can be sent in time.
    outcome run();

private:
    struct connection
    {
        int socket = -1;
        const request* sends = nullptr;
        std::size_t sent = 0;
        std::string received;
        double since = 0; ///< when what it sends was due
        double pauses_until = 0;
    };

    [[nodiscard]] double due(std::size_t number) const;
    [[nodiscard]] int wait_for_events();
    void serve(connection& of);
    void start_idle(double now);
    bool take_next(connection& of, double now);
    void send(connection& of);
    void open(connection& of);
    void close(connection& of);
    bool receive(connection& of);
    void finish(connection& of, answer with);
    void refuse(connection& of);

    const order& what_;
    const std::vector<request>& requests_;
    const int poll_;
    double begin_ = 0;
    std::size_t next_ = 0;
    std::size_t done_ = 0;
    std::size_t idle_;
    std::size_t turn_ = 0; // the connection that is asked first whether it is idle
    std::deque<const request*> again_;
    std::vector<connection> connections_;
    std::vector<std::uint32_t> ready_;
    std::ofstream list_;
    outcome found_;
};

} // namespace penstock::bench
