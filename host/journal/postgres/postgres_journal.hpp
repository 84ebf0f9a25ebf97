// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/postgres/left_places.hpp"
#include "host/journal/postgres/postgres_options.hpp"
#include "host/journal/written_journal.hpp"

#include <memory>
#include <string>
#include <vector>

namespace penstock::host
{

/// Keeps a journal in the schema `penstock` of a PostgreSQL database, which several hosts may share:
/// what is kept is committed there with `synchronous_commit` on.
///
/// One session on a thread of its own commits, one reads.
class postgres_journal final : public written_journal
{
public:
    /// Opens the journal or makes it. Throws journal_error. Blocks.
    explicit postgres_journal(const postgres_options& options);

    [[nodiscard]] bool is_shared() const noexcept override { return true; }
    [[nodiscard]] std::unique_ptr<left_place>
    take_place(const std::vector<std::string>& graphs) override;

private:
    left_places left_;
};

} // namespace penstock::host
