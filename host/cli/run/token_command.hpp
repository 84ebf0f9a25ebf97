// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/command.hpp"
#include "host/store/token_file.hpp"

#include <string>
#include <vector>

namespace penstock::host::cli
{

/// `penstock token new|list|revoke`: the tokens of the host of a data directory. A host that runs
/// notices by itself.
class token_command final : public command
{
public:
    explicit token_command(CLI::App& program);

    int run() override;

private:
    [[nodiscard]] int make(const token_file& file) const;
    [[nodiscard]] int list(const token_file& file) const;
    [[nodiscard]] int revoke(const token_file& file) const;

    CLI::App* new_ = nullptr;
    CLI::App* list_ = nullptr;
    CLI::App* revoke_ = nullptr;
    std::string name_;
    std::vector<std::string> scopes_;
    std::string expires_;
    std::string data_;
    bool json_ = false;
};

} // namespace penstock::host::cli
