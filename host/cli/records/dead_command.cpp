// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/records/dead_command.hpp"
#include "host/base/printable.hpp"

#include "host/base/file_text.hpp"
#include "host/cli/arguments.hpp"
#include "host/cli/host_call.hpp"
#include "host/cli/text_table.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <iostream>
#include <utility>

namespace penstock::host::cli
{

namespace
{

constexpr const char* dead_letters = "/api/dead-letters";

// Where the packet of a letter came from, if its meta tells: the path of its file, or the name.
std::string source_of(const json::value& letter)
{
    if (!letter.is_object())
        return {};
    const json::value* packet = letter.get_object().if_contains("packet");
    const json::value* meta = packet != nullptr && packet->is_object()
                                  ? packet->get_object().if_contains("meta")
                                  : letter.get_object().if_contains("meta"); // it is left out
    if (meta == nullptr)
        return {};
    const std::string path = text_of(*meta, "path");
    return path.empty() ? text_of(*meta, "filename") : path;
}

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
    list_->add_option("--node", node_, "only those of this node")->type_name("NAME");
    list_->add_option("--reason", reason_, "only those whose reason has this in it")
        ->type_name("TEXT");
    show_ = verb.add_subcommand("show", "Shows one dead letter.");
    show_->add_option("ID", id_, "the letter")->required();
    replay_ = verb.add_subcommand("replay", "Has dead letters tried again.");
    add_scope(*replay_);
    replay_->add_option("--from", from_, "node: where each failed; start: the adapters")
        ->type_name("PLACE")
        ->check(CLI::IsMember({"node", "start"}))
        ->capture_default_str();
    replay_->add_option("--packet", packet_, "a JSON file: the packet, edited, of the only ID")
        ->type_name("FILE");
    drop_ = verb.add_subcommand("drop", "Forgets dead letters.");
    add_scope(*drop_);
    for (CLI::App* each : {list_, show_, replay_, drop_})
        add_address(*each, to_);
    for (CLI::App* each : {list_, show_})
        add_json(*each, json_);
}

void dead_command::add_scope(CLI::App& verb)
{
    verb.add_option("ID", ids_, "the letters");
    verb.add_option("--graph", graph_, "those of this graph")->type_name("NAME");
    verb.add_option("--node", node_, "those of this node")->type_name("NAME");
    verb.add_option("--reason", reason_, "those whose reason has this in it")->type_name("TEXT");
    verb.add_flag("--all", all_, "all there are");
}

int dead_command::run()
{
    if (list_->parsed() || show_->parsed())
        return list_->parsed() ? list() : show();
    if (ids_.empty() != has_filter())
        return complain(
            problem("dead", "",
                    ids_.empty() ? "no letters are named" : "letters are named and filtered",
                    "either IDs, or --graph, --node, --reason or --all was expected"),
            misuse);
    if (!packet_.empty() && ids_.size() != 1)
        return complain(problem("--packet", "", "stands for one packet", "one ID was expected"),
                        misuse);
    return replay_->parsed() ? replay() : drop();
}

bool dead_command::has_filter() const
{
    return all_ || !graph_.empty() || !node_.empty() || !reason_.empty();
}

std::string dead_command::filter() const
{
    std::string query = "?all=true";
    for (const auto& [name, value] :
         {std::pair("graph", &graph_), std::pair("node", &node_), std::pair("reason", &reason_)})
        if (!value->empty())
            query += '&' + (name + ('=' + http::percent_encoded(*value)));
    return query;
}

int dead_command::list() const
{
    const auto answer =
        ask(to_, "GET", dead_letters + (filter() + "&limit=" + std::to_string(limit_)));
    if (!answer)
        return complain(answer.error());
    if (json_)
    {
        std::cout << write_json(*answer) << '\n';
        return fine;
    }
    std::vector<std::vector<std::string>> rows{{"id", "time", "graph", "node", "source", "reason"}};
    const json::object* body = answer->if_object();
    const json::value* list = body != nullptr ? body->if_contains("dead_letters") : nullptr;
    if (list != nullptr && list->is_array())
        for (const json::value& each : list->get_array())
            rows.push_back({text_of(each, "id"), text_of(each, "time"), text_of(each, "graph"),
                            text_of(each, "node"), source_of(each), text_of(each, "reason")});
    if (rows.size() > 1)
        std::cout << text_table(rows);
    return fine;
}

int dead_command::show() const
{
    const auto dead_letter = ask(to_, "GET", dead_letters + ("/" + http::percent_encoded(id_)));
    if (!dead_letter)
        return complain(dead_letter.error());
    if (json_)
    {
        std::cout << write_json(*dead_letter) << '\n';
        return fine;
    }
    std::vector<std::vector<std::string>> rows;
    for (const char* name : {"id", "time", "graph", "node", "component", "reason", "attempts"})
        rows.push_back({name, text_of(*dead_letter, name)});
    std::cout << text_table(rows) << printable(text_of(*dead_letter, "packet")) << '\n';
    return fine;
}

int dead_command::drop() const
{
    int code = fine;
    for (const std::string& each : ids_)
        if (const auto gone =
                ask(to_, "DELETE", dead_letters + ("/" + http::percent_encoded(each)));
            !gone)
            code = complain(gone.error());
    if (!ids_.empty())
        return code;
    const auto answer = ask(to_, "DELETE", dead_letters + filter());
    if (!answer)
        return complain(answer.error());
    std::cout << text_of(*answer, "dropped") << " dropped\n";
    return fine;
}

int dead_command::replay() const
{
    if (!ids_.empty())
        return replay_each();
    const auto answer = ask(to_, "POST", dead_letters + ("/replay" + filter() + "&from=" + from_));
    if (!answer)
        return complain(answer.error());
    const std::string refused = text_of(*answer, "refused");
    std::cout << text_of(*answer, "replayed") << " replayed, " << refused << " refused\n";
    return refused == "0" ? fine : complain(problem("dead", "", text_of(*answer, "why"), ""));
}

int dead_command::replay_each() const
{
    json::object form{{"from", from_}};
    if (!packet_.empty())
    {
        const auto text = read_text(packet_);
        if (!text)
            return complain(text.error());
        form["packet"] = parse_json(*text);
    }
    int code = fine;
    for (const std::string& each : ids_)
    {
        const auto answer =
            ask(to_, "POST", dead_letters + ("/" + http::percent_encoded(each) + "/replay"),
                write_json(form));
        if (!answer)
            code = complain(answer.error());
        else
            std::cout << text_of(*answer, "receipt") << '\n';
    }
    return code;
}

} // namespace penstock::host::cli
