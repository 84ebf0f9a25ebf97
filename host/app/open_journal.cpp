// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/open_journal.hpp"

#include "host/app/log.hpp"
#include "host/journal/memory_journal.hpp"
#include "host/journal/sqlite_journal.hpp"

#include <chrono>
#include <utility>

namespace penstock::host
{

std::unique_ptr<journal> open_journal(const settings& all, const data_directory& data,
                                      std::function<void()> needs_restart)
{
    if (all.journal == "memory")
    {
        memory_journal_options in_memory;
        in_memory.host_number = all.host_number;
        return std::make_unique<memory_journal>(in_memory);
    }
    sqlite_journal_options options;
    options.directory = data.path();
    options.quota = all.journal_quota;
    options.host_number = all.host_number;
    options.compresses = all.journal_compress != "off";
    options.gather = all.journal_gather;
    options.keep.dead_letters = std::chrono::ceil<std::chrono::seconds>(all.dead_letter_age);
    options.needs_restart = std::move(needs_restart);
    options.hears = [](const std::string& trouble)
    {
        if (trouble.empty())
            log(severity::information, "journal", "takes in again");
        else
            log(severity::error, "journal", "takes in nothing: " + trouble);
    };
    return std::make_unique<sqlite_journal>(options);
}

} // namespace penstock::host
