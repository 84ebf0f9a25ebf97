// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/open_journal.hpp"

#include "host/app/host_identity.hpp"
#include "host/app/log.hpp"
#include "host/journal/memory_journal.hpp"
#include "host/journal/postgres/postgres_journal.hpp"
#include "host/journal/sqlite/sqlite_journal.hpp"

#include <chrono>
#include <utility>

namespace penstock::host
{

namespace
{

// Until an end is committed for which another host may wait.
constexpr std::chrono::milliseconds time_others_wait{10};

void set_writing(writer_options& options, const settings& all, std::function<void()> needs_restart)
{
    options.host_number = all.host_number;
    options.gather = all.journal_gather;
    options.needs_restart = std::move(needs_restart);
    options.hears = [](const std::string& trouble)
    {
        if (trouble.empty())
            log(severity::information, "journal", "takes in again");
        else
            log(severity::error, "journal", "takes in nothing: " + trouble);
    };
}

retention_limits keeping(const settings& all)
{
    retention_limits keep;
    keep.dead_letters = std::chrono::ceil<std::chrono::seconds>(all.dead_letter_age);
    return keep;
}

} // namespace

std::unique_ptr<journal> open_journal(const settings& all, const data_directory& data,
                                      std::function<void()> needs_restart)
{
    if (all.journal == "memory")
    {
        memory_journal_options in_memory;
        in_memory.host_number = all.host_number;
        return std::make_unique<memory_journal>(in_memory);
    }
    if (is_in_postgres(all.journal))
    {
        postgres_options options;
        set_writing(options, all, std::move(needs_restart));
        options.lazy = time_others_wait;
        options.connection = all.journal;
        options.identity = host_identity(data.path());
        options.quota = all.journal_quota;
        options.keep = keeping(all);
        options.patience = all.journal_wait;
        options.lease = all.journal_lease;
        return std::make_unique<postgres_journal>(options);
    }
    sqlite_journal_options options;
    set_writing(options, all, std::move(needs_restart));
    options.directory = data.path();
    options.quota = all.journal_quota;
    options.compresses = all.journal_compress != "off";
    options.keep = keeping(all);
    return std::make_unique<sqlite_journal>(options);
}

} // namespace penstock::host
