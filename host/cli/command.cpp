// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/command.hpp"

#include <penstock/nearest.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::cli
{

namespace
{

/// The words that led to the deepest verb parsed so far: `penstock dead list`.
std::string words_of(const CLI::App& app)
{
    std::string words = app.get_name();
    for (const CLI::App* verb : app.get_subcommands())
        words += " " + words_of(*verb);
    return words;
}

/// Turns the parser's sentence into a part of our line.
std::string lower_case_line(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    while (!text.empty() && (text.back() == '.' || text.back() == ' '))
        text.pop_back();
    if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && !(text[1] >= 'A' && text[1] <= 'Z'))
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

int misused(const CLI::App& program, const std::string& message)
{
    const std::string words = words_of(program);
    return complain({words, "", message, "see " + words + " --help"}, misuse);
}

std::vector<std::string> names_of(const std::vector<CLI::App*>& verbs)
{
    std::vector<std::string> names;
    for (const CLI::App* each : verbs)
        if (!each->get_group().empty()) // those without one are not for people
            names.push_back(each->get_name());
    return names;
}

/// The problem with a first word that is no verb; the parser would name it less well.
std::optional<problem> unknown_verb(CLI::App& program, std::span<char* const> words)
{
    CLI::App* app = &program;
    std::string path = program.get_name();
    for (const std::string_view word : words)
    {
        const std::vector<CLI::App*> verbs = app->get_subcommands([](CLI::App*) { return true; });
        if (verbs.empty() || word.starts_with('-'))
            return std::nullopt;
        const auto found = std::ranges::find_if(verbs, [&](const CLI::App* each)
                                                { return each->get_name() == word; });
        if (found == verbs.end())
            return problem(path, "", "unknown verb " + quote(word),
                           expected_name(word, names_of(verbs)));
        app = *found;
        path += ' ' + std::string(word);
    }
    return std::nullopt;
}

} // namespace

int run_chosen(CLI::App& program, std::span<command* const> commands, int argc, char** argv)
{
    if (const auto wrong =
            unknown_verb(program, std::span(argv, static_cast<std::size_t>(argc)).subspan(1)))
        return complain(*wrong, misuse);
    try
    {
        program.parse(argc, argv);
    }
    catch (const CLI::Success& asked) // for help or the version
    {
        return program.exit(asked);
    }
    catch (const CLI::ParseError& error)
    {
        return misused(program, lower_case_line(error.what()));
    }
    for (command* each : commands)
    {
        if (!each->verb().parsed())
            continue;
        try
        {
            return each->run();
        }
        catch (const std::exception& error)
        {
            return complain({words_of(program), "", error.what(), ""});
        }
    }
    std::cerr << program.help();
    return misuse;
}

int complain(const problem& problem, int code)
{
    std::cerr << to_string(problem) + "\n";
    return problem.where.starts_with("--") ? misuse : code;
}

} // namespace penstock::host::cli
