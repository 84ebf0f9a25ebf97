// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/records/receipt_command.hpp"

#include "host/cli/arguments.hpp"
#include "host/cli/host_call.hpp"
#include "host/cli/text_table.hpp"

#include <CLI/App.hpp>

#include <iostream>

namespace penstock::host::cli
{

receipt_command::receipt_command(CLI::App& program)
    : command(*program.add_subcommand("receipt", "Tells what became of an accepted request."))
{
    CLI::App& verb = *program.get_subcommand("receipt");
    verb.add_option("ID", id_, "the receipt")->required();
    add_address(verb, to_);
    add_json(verb, json_);
}

int receipt_command::run()
{
    const auto receipt = ask(to_, "GET", "/receipts/" + http::percent_encoded(id_));
    if (!receipt)
        return complain(receipt.error());
    if (json_ || !receipt->is_object())
    {
        std::cout << write_json(*receipt) << '\n';
        return fine;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, value] : receipt->get_object())
        if (!value.is_structured())
            rows.push_back({std::string(name), text_of(*receipt, name)});
    std::cout << text_table(rows);
    return fine;
}

} // namespace penstock::host::cli
