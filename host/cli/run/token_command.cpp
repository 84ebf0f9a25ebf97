// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/run/token_command.hpp"

#include "host/app/data_directory.hpp"
#include "host/base/quantity.hpp"
#include "host/base/timestamp.hpp"
#include "host/cli/arguments.hpp"
#include "host/cli/text_table.hpp"

#include <penstock/json.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <iostream>
#include <thread>

namespace penstock::host::cli
{

namespace
{

using clock = std::chrono::system_clock;

json::array scopes_json(scope_set scopes)
{
    json::array list;
    for (const scope each : all_scopes)
        if (scopes.has(each))
            list.emplace_back(name_of(each));
    return list;
}

json::object token_json(const token_record& token)
{
    json::object shown{{"name", token.name},
                       {"scopes", scopes_json(token.scopes)},
                       {"made", timestamp(token.made)},
                       {"expires", nullptr}};
    if (token.expires)
        shown["expires"] = timestamp(*token.expires);
    return shown;
}

std::string end_of(const token_record& token)
{
    if (!token.expires)
        return "never";
    return timestamp(*token.expires) + (token.is_expired(clock::now()) ? " (over)" : "");
}

// What has been changed counts when the command returns.
void wait_for_hosts()
{
    std::this_thread::sleep_for(2 * token_file::between_looks);
}

bool is_named(const token_record& token, const std::string& name)
{
    return token.name == name;
}

} // namespace

token_command::token_command(CLI::App& program)
    : command(*program.add_subcommand("token", "Says who may talk to the host."))
{
    CLI::App& verb = *program.get_subcommand("token");
    verb.require_subcommand(1);
    new_ = verb.add_subcommand("new", "Makes a token and prints it, once and never again.");
    new_->add_option("NAME", name_, "whose it is: a-z, 0-9, _, . and -")->required();
    new_->add_option("--scope", scopes_, "what it allows, more than once if need be; ingest")
        ->type_name("SCOPE")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->check(CLI::IsMember({"ingest", "read", "deploy", "admin"}));
    new_->add_option("--expires", expires_, "for how long it is valid, as in 30d; for ever")
        ->type_name("TIME");
    list_ = verb.add_subcommand("list", "Lists the tokens that were made.");
    revoke_ = verb.add_subcommand("revoke", "Makes a token worthless from now on.");
    revoke_->add_option("NAME", name_, "whose")->required();
    for (CLI::App* each : {new_, list_, revoke_})
        each->add_option("--data", data_, "the host's data directory")->type_name("DIR");
    for (CLI::App* each : {new_, list_})
        add_json(*each, json_);
}

int token_command::run()
{
    const std::filesystem::path folder =
        data_.empty() ? default_data_directory() : std::filesystem::absolute(data_);
    if (folder.empty())
        return complain({"--data", "", "is not given, and there is no home directory",
                         "a folder was expected"});
    const token_file file(folder);
    if (new_->parsed())
        return make(file);
    return list_->parsed() ? list(file) : revoke(file);
}

int token_command::make(const token_file& file) const
{
    token_record made{.name = name_};
    made.made = std::chrono::floor<std::chrono::seconds>(clock::now());
    if (!is_token_name(name_))
        return complain({"NAME", "", quote(name_) + " does not fit",
                         "up to 64 of a-z, 0-9, _, . and - were expected"},
                        misuse);
    for (const std::string& each : scopes_)
        made.scopes.add(*parse_scope(each));
    if (scopes_.empty())
        made.scopes.add(scope::ingest);
    if (!expires_.empty())
    {
        const auto time = parse_duration(expires_);
        if (!time || *time > std::chrono::years(100))
            return complain({"--expires", "", quote(expires_) + " does not fit",
                             "a time as in 12h or 30d was expected"},
                            misuse);
        made.expires = made.made + std::chrono::ceil<std::chrono::seconds>(*time);
    }
    const std::string token = random_token();
    made.hash = hash_of(token);
    const auto add = [&](std::vector<token_record>& tokens) -> std::optional<problem>
    {
        if (std::ranges::any_of(tokens, [&](const auto& each) { return is_named(each, name_); }))
            return problem(name_, "", "has a token already",
                           "another name, or to revoke it first, was expected");
        tokens.push_back(made);
        return std::nullopt;
    };
    if (const auto failed = file.edit(add))
        return complain(*failed);
    wait_for_hosts();
    if (!json_)
    {
        std::cerr << made.name << ": " << to_string(made.scopes)
                  << "; valid until: " << end_of(made) << '\n';
        std::cout << token << '\n';
        return fine;
    }
    json::object shown = token_json(made);
    shown["token"] = token;
    std::cout << write_json(shown) << '\n';
    return fine;
}

int token_command::list(const token_file& file) const
{
    const auto tokens = file.read();
    if (!tokens)
        return complain(tokens.error());
    std::vector<std::vector<std::string>> rows{{"name", "scopes", "made", "valid until"}};
    json::array shown;
    for (const token_record& each : tokens->value_or(std::vector<token_record>()))
    {
        rows.push_back({each.name, to_string(each.scopes), timestamp(each.made), end_of(each)});
        shown.emplace_back(token_json(each));
    }
    if (json_)
        std::cout << write_json(shown) << '\n';
    else if (rows.size() > 1)
        std::cout << text_table(rows);
    return fine;
}

int token_command::revoke(const token_file& file) const
{
    const auto remove = [&](std::vector<token_record>& tokens) -> std::optional<problem>
    {
        if (std::erase_if(tokens, [&](const auto& each) { return is_named(each, name_); }) == 0)
            return problem(name_, "", "has no token", "a name of penstock token list was expected");
        return std::nullopt;
    };
    if (const auto failed = file.edit(remove))
        return complain(*failed);
    wait_for_hosts();
    return fine;
}

} // namespace penstock::host::cli
