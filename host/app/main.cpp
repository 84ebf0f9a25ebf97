// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/connect_command.hpp"
#include "host/cli/author/graph_command.hpp"
#include "host/cli/author/inspect_command.hpp"
#include "host/cli/author/new_command.hpp"
#include "host/cli/author/package_command.hpp"
#include "host/cli/author/schema_command.hpp"
#include "host/cli/author/test_command.hpp"
#include "host/cli/author/try_command.hpp"
#include "host/cli/author/validate_command.hpp"
#include "host/cli/command.hpp"
#include "host/cli/push/push_command.hpp"
#include "host/cli/records/dead_command.hpp"
#include "host/cli/records/journal_command.hpp"
#include "host/cli/records/receipt_command.hpp"
#include "host/cli/rollout/deploy_command.hpp"
#include "host/cli/rollout/stop_command.hpp"
#include "host/cli/run/run_command.hpp"
#include "host/cli/run/token_command.hpp"
#include "host/cli/watch/tap_command.hpp"
#include "host/cli/watch/top_command.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace
{

// Standard streams that are closed stay so to who reads or writes them, but keep their numbers: the
// next files that are opened, the memory of supervisor and worker among them, would get these.
void reserve_standard_streams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(stream, F_GETFD) < 0 && errno == EBADF)
            static_cast<void>(
                ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)); // the lowest
}

} // namespace

int main(int argc, char** argv)
{
    reserve_standard_streams();
    namespace cli = penstock::host::cli;

    CLI::App program("Runs graphs of components over whatever you send it.", "penstock");
    program.set_version_flag("--version", "penstock " PENSTOCK_VERSION);
    program.require_subcommand(0, 1);

    cli::run_command run(program);
    cli::validate_command validate(program);
    cli::inspect_command inspect(program);
    cli::schema_command schema(program);
    cli::new_command make(program);
    cli::package_command package(program);
    cli::test_command test(program);
    cli::push_command push(program);
    cli::deploy_command deploy(program);
    cli::stop_command stop(program);
    cli::top_command top(program);
    cli::tap_command tap(program);
    cli::graph_command graph(program);
    cli::receipt_command receipt(program);
    cli::dead_command dead(program);
    cli::journal_command journal(program);
    cli::try_command attempt(program);
    cli::connect_command connect(program);
    cli::token_command token(program);

    const auto commands = std::to_array<cli::command*>(
        {&run, &validate, &inspect, &schema, &make, &package, &test, &push, &deploy, &stop, &top,
         &tap, &graph, &receipt, &dead, &journal, &attempt, &connect, &token});
    return cli::run_chosen(program, commands, argc, argv);
}
