// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/schema_command.hpp"

#include "host/app/configuration_schema.hpp"
#include "host/cli/arguments.hpp"
#include "host/graph/graph_schema.hpp"
#include "host/packages/catalogue.hpp"

#include <CLI/App.hpp>

#include <iostream>

namespace penstock::host::cli
{

schema_command::schema_command(CLI::App& program)
    : command(*program.add_subcommand(
          "schema",
          "Writes the JSON Schema of graph files, by which editors complete and check them."))
{
    CLI::App& verb = *program.get_subcommand("schema");
    CLI::Option* const configuration =
        verb.add_flag("--configuration", configuration_,
                      "write that of the configuration, which run --config reads");
    add_packages(verb, packages_);
    verb.get_option("--packages")->excludes(configuration);
}

int schema_command::run()
{
    if (configuration_)
    {
        std::cout << write_json(configuration_schema()) << '\n';
        return fine;
    }
    if (const int code = check_packages(packages_); code != fine)
        return code;
    catalogue components(places_of(packages_));
    const auto all = components.all();
    for (const problem& each : components.refusals())
        complain(each);
    std::cout << write_json(graph_schema(all)) << '\n';
    return fine;
}

} // namespace penstock::host::cli
