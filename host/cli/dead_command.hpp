// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/command.hpp"

#include <string>

namespace penstock::host::cli
{

/// `penstock dead`: lists, shows and drops dead letters.
class dead_command final : public command
{
public:
    explicit dead_command(CLI::App& program);

    int run() override;

private:
    [[nodiscard]] int list() const;
    [[nodiscard]] int show() const;
    [[nodiscard]] int drop() const;

    CLI::App* list_;
    CLI::App* show_;
    CLI::App* drop_;
    std::string id_;
    std::string to_;
    std::string graph_;
    unsigned limit_ = 100;
    bool json_ = false;
};

} // namespace penstock::host::cli
