// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/records/journal_command.hpp"

#include "host/app/data_directory.hpp"
#include "host/cli/arguments.hpp"
#include "host/cli/text_table.hpp"
#include "host/journal/journal_check.hpp"

#include <penstock/json.hpp>

#include <CLI/App.hpp>

#include <iostream>
#include <utility>

namespace penstock::host::cli
{

namespace
{

std::vector<std::pair<const char*, std::uint64_t>> counts_of(const journal_check& found)
{
    return {{"records", found.entries},      {"originals", found.originals},
            {"receipts", found.receipts},    {"keys", found.keys},
            {"letters", found.dead_letters}, {"blames", found.blames}};
}

json::object json_of(const journal_check& found)
{
    json::object all{{"file", found.file.string()}};
    for (const auto& [name, count] : counts_of(found))
        all[name] = count;
    json::array findings;
    for (const std::string& each : found.findings)
        findings.emplace_back(each);
    all["findings"] = std::move(findings);
    return all;
}

void print(const journal_check& found)
{
    const std::string file = found.file.string();
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, count] : counts_of(found))
        rows.push_back({name, std::to_string(count)});
    std::cout << text_table(rows);
    for (const std::string& each : found.findings)
        std::cerr << file << ": " << each << '\n';
    if (found.findings.empty())
        std::cout << file << ": whole\n";
}

} // namespace

journal_command::journal_command(CLI::App& program)
    : command(*program.add_subcommand("journal", "Looks into the journal of a data directory."))
{
    CLI::App& verb = *program.get_subcommand("journal");
    verb.require_subcommand(1);
    CLI::App& verify = *verb.add_subcommand("verify", "Reads all of it and checks every sum.");
    verify.add_option("--data", data_, "where the host keeps what outlives it")->type_name("DIR");
    add_json(verify, json_);
}

int journal_command::run()
{
    const std::filesystem::path folder =
        data_.empty() ? default_data_directory() : std::filesystem::path(data_);
    if (folder.empty())
        return complain({"--data", "", "is not given, and there is no home directory",
                         "a folder was expected"});
    const journal_check found = check_journal(folder);
    if (json_)
        std::cout << write_json(json_of(found)) << '\n';
    else
        print(found);
    return found.findings.empty() ? fine : failure;
}

} // namespace penstock::host::cli
