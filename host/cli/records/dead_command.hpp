// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/address.hpp"
#include "host/cli/command.hpp"

#include <string>
#include <vector>

namespace penstock::host::cli
{

/// `penstock dead`: lists, shows, replays and drops dead letters.
class dead_command final : public command
{
public:
    explicit dead_command(CLI::App& program);

    int run() override;

private:
    [[nodiscard]] int list() const;
    [[nodiscard]] int show() const;
    [[nodiscard]] int drop() const;
    [[nodiscard]] int replay() const;
    [[nodiscard]] int replay_each() const;
    [[nodiscard]] bool has_filter() const;
    [[nodiscard]] std::string filter() const;
    void add_scope(CLI::App& verb);

    CLI::App* list_;
    CLI::App* show_;
    CLI::App* drop_;
    CLI::App* replay_;
    std::string id_;
    std::vector<std::string> ids_;
    host_address to_;
    std::string graph_;
    std::string node_;
    std::string reason_;
    std::string from_ = "node";
    std::string packet_;
    bool all_ = false;
    unsigned limit_ = 100;
    bool json_ = false;
};

} // namespace penstock::host::cli
