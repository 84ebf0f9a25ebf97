// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/dead_command.hpp"

#include "host/cli/address.hpp"
#include "host/cli/arguments.hpp"
#include "host/cli/host_call.hpp"
#include "host/cli/text_table.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <iostream>

namespace penstock::host::cli
{

namespace
{

constexpr const char* letters = "/api/dead-letters";

} // namespace

dead_command::dead_command(CLI::App& program)
    : command(*program.add_subcommand("dead", "Looks after packets that could not be processed."))
{
    CLI::App& verb = *program.get_subcommand("dead");
    verb.require_subcommand(1);
    list_ = verb.add_subcommand("list", "Lists dead letters, the newest first.");
    list_->add_option("--graph", graph_, "only those of this graph")->type_name("NAME");
    list_->add_option("--limit", limit_, "how many")
        ->type_name("N")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    show_ = verb.add_subcommand("show", "Shows one dead letter.");
    drop_ = verb.add_subcommand("drop", "Forgets one dead letter.");
    for (CLI::App* each : {show_, drop_})
        each->add_option("ID", id_, "the letter")->required();
    for (CLI::App* each : {list_, show_, drop_})
        add_address(*each, to_);
    for (CLI::App* each : {list_, show_})
        add_json(*each, json_);
}

int dead_command::run()
{
    return list_->parsed() ? list() : show_->parsed() ? show() : drop();
}

int dead_command::list() const
{
    std::string target = letters + ("?limit=" + std::to_string(limit_));
    if (!graph_.empty())
        target += "&graph=" + percent_encoded(graph_);
    const auto answer = ask(to_, "GET", target);
    if (!answer)
        return complain(answer.error());
    if (json_)
    {
        std::cout << write_json(*answer) << '\n';
        return fine;
    }
    std::vector<std::vector<std::string>> rows{{"id", "time", "graph", "node", "reason"}};
    const json::object* body = answer->if_object();
    const json::value* list = body != nullptr ? body->if_contains("dead_letters") : nullptr;
    if (list != nullptr && list->is_array())
        for (const json::value& each : list->get_array())
            rows.push_back({text_of(each, "id"), text_of(each, "time"), text_of(each, "graph"),
                            text_of(each, "node"), text_of(each, "reason")});
    if (rows.size() > 1)
        std::cout << text_table(rows);
    return fine;
}

int dead_command::show() const
{
    const auto letter = ask(to_, "GET", letters + ("/" + percent_encoded(id_)));
    if (!letter)
        return complain(letter.error());
    if (json_)
    {
        std::cout << write_json(*letter) << '\n';
        return fine;
    }
    std::vector<std::vector<std::string>> rows;
    for (const char* name : {"id", "time", "graph", "node", "component", "reason"})
        rows.push_back({name, text_of(*letter, name)});
    std::cout << text_table(rows) << text_of(*letter, "packet") << '\n';
    return fine;
}

int dead_command::drop() const
{
    const auto gone = ask(to_, "DELETE", letters + ("/" + percent_encoded(id_)));
    return gone ? fine : complain(gone.error());
}

} // namespace penstock::host::cli
