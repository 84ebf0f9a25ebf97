// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/records/journal_command.hpp"

#include "host/app/data_directory.hpp"
#include "host/cli/arguments.hpp"
#include "host/cli/text_table.hpp"
#include "host/journal/log/log_promise.hpp"
#include "host/journal/sqlite/journal_check.hpp"
#include "host/journal/sqlite/schema.hpp"

#include <penstock/json.hpp>

#include <CLI/App.hpp>

#include <iostream>
#include <system_error>
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
    add_json(verify, json_);
    accept_ = verb.add_subcommand("accept", "Accepts that acknowledged requests are lost with the "
                                            "log: the host takes data again.");
    for (CLI::App* each : {&verify, accept_})
        each->add_option("--data", data_, "where the host keeps what outlives it")
            ->type_name("DIR");
}

int journal_command::run()
{
    const std::filesystem::path folder =
        data_.empty() ? default_data_directory() : std::filesystem::path(data_);
    if (folder.empty())
        return complain({"--data", "", "is not given, and there is no home directory",
                         "a folder was expected"});
    if (const auto missing = find_data_directory(folder))
        return complain(*missing);
    return accept_->parsed() ? accept(folder) : verify(folder);
}

int journal_command::accept(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / journal_file_name;
    const std::string lost = loss_of_log(file);
    std::error_code error;
    if (lost.empty() && !std::filesystem::exists(file, error))
        return complain({file.string(), "", "is not there", "a journal was expected"});
    if (lost.empty())
        return complain({file.string(), "", "nothing of it is missing",
                         "a journal whose host takes in nothing was expected"});
    forget_promise(file);
    std::cout << file.string() << ": the loss is accepted\n";
    return fine;
}

int journal_command::verify(const std::filesystem::path& folder) const
{
    const journal_check found = check_journal(folder);
    if (json_)
        std::cout << write_json(json_of(found)) << '\n';
    else
        print(found);
    return found.findings.empty() ? fine : failure;
}

} // namespace penstock::host::cli
