// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/address.hpp"
#include "host/cli/command.hpp"

#include <string>

namespace penstock::host::cli
{

/// `penstock receipt`: tells what became of an accepted request.
class receipt_command final : public command
{
public:
    explicit receipt_command(CLI::App& program);

    int run() override;

private:
    std::string id_;
    host_address to_;
    bool json_ = false;
};

} // namespace penstock::host::cli
