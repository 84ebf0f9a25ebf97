// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/postgres_journal.hpp"

#include "host/journal/postgres/postgres_medium.hpp"
#include "host/journal/postgres/postgres_reader.hpp"

#include <memory>
#include <utility>

namespace penstock::host
{

namespace
{

journal_storage shared_storage(const postgres_options& options)
{
    auto medium = std::make_unique<postgres_medium>(options);
    auto reader = std::make_unique<postgres_reader>(options.connection, medium->range(),
                                                    numbering(medium->state().seed));
    return {std::move(medium), std::move(reader)};
}

} // namespace

postgres_journal::postgres_journal(const postgres_options& options)
    : written_journal(shared_storage(options), options, options.keep),
      left_(options, static_cast<std::int64_t>(ids().last_number() >> 48), ids())
{
}

std::unique_ptr<left_place> postgres_journal::take_place(const std::vector<std::string>& graphs)
{
    return left_.take(graphs);
}

} // namespace penstock::host
