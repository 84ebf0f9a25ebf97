// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/address.hpp"
#include "host/cli/command.hpp"
#include "host/cli/push/sender.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <string>

namespace penstock::host::cli
{

/// `penstock push`: sends data to a host.
class push_command final : public command
{
public:
    explicit push_command(CLI::App& program);

    int run() override;

private:
    /// Makes the address to send to of what was given.
    [[nodiscard]] boost::system::result<delivery, problem> destination() const;

    std::string input_;
    host_address to_;
    std::string type_;
    std::string route_;
    std::string ack_;
    std::string patience_;
    std::string batch_wait_;
    std::uint64_t batch_ = 0;
    std::size_t connections_ = 4;
    bool json_ = false;
};

} // namespace penstock::host::cli
