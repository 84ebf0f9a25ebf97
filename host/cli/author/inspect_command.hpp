// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/author/documentation.hpp"
#include "host/cli/command.hpp"
#include "host/packages/catalogue.hpp"

#include <string>
#include <vector>

namespace penstock::host::cli
{

/// `penstock inspect`: shows the catalogue, one component, or the stamp of a package's file.
class inspect_command final : public command
{
public:
    explicit inspect_command(CLI::App& program);

    int run() override;

private:
    [[nodiscard]] int show_all(catalogue& components) const;
    [[nodiscard]] int show_one(catalogue& components) const;
    [[nodiscard]] int show_file() const;
    [[nodiscard]] int write_documentation(catalogue& components) const;
    [[nodiscard]] int keep(const pages& wanted) const;

    std::string subject_;
    std::vector<std::string> packages_;
    bool json_ = false;
    bool markdown_ = false;
    bool check_ = false;
    std::string into_;
};

} // namespace penstock::host::cli
