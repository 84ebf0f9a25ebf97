// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/author/graph_test.hpp"
#include "host/cli/command.hpp"
#include "host/packages/catalogue.hpp"

#include <penstock/json.hpp>

#include <string>
#include <vector>

namespace penstock::host::cli
{

/// `penstock test`: dry runs of graphs with given packets, whose results are compared.
class test_command final : public command
{
public:
    explicit test_command(CLI::App& program);

    int run() override;

private:
    [[nodiscard]] bool run_file(const graph_test_file& tests, catalogue& components);
    [[nodiscard]] bool tell(const graph_test_file& tests, const graph_test& test,
                            const std::vector<std::string>& findings);

    std::vector<std::string> files_;
    std::vector<std::string> packages_;
    bool json_ = false;
    json::array told_;
    std::size_t passed_ = 0;
    std::size_t failed_ = 0;
};

} // namespace penstock::host::cli
