// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/new_command.hpp"

#include "host/cli/author/project.hpp"
#include "host/cli/author/project_name.hpp"

#include <penstock/description.hpp>
#include <penstock/nearest.hpp>

#include <CLI/App.hpp>

#include <algorithm>
#include <iostream>
#include <system_error>

namespace penstock::host::cli
{

namespace
{

std::vector<std::string> all_categories()
{
    std::vector<std::string> names;
    for (const category each : {category::adapter, category::transformer, category::filter,
                                category::op, category::extractor, category::publisher})
        names.emplace_back(name_of(each));
    return names;
}

} // namespace

new_command::new_command(CLI::App& program)
    : command(*program.add_subcommand("new", "Makes a project that builds, tests and installs."))
{
    CLI::App& verb = *program.get_subcommand("new");
    verb.require_subcommand(1);
    component_ = verb.add_subcommand("component", "A package with one component.");
    component_->add_option("--category", category_,
                           "adapter, transformer, filter, operator, extractor or publisher");
    for (CLI::App* each : {component_, verb.add_subcommand("graph", "A graph with a test.")})
    {
        each->add_option("NAME", name_, "of the project and what it makes: [a-z][a-z0-9_]*")
            ->required();
        each->add_option("--dir", parent_, "where to make the folder NAME")->type_name("DIR");
    }
}

int new_command::run()
{
    if (const std::optional<problem> wrong = refuse_name(name_))
        return complain(*wrong, misuse);
    const std::filesystem::path templates = template_folder();
    if (std::error_code error; !std::filesystem::is_directory(templates, error))
        return complain({templates.string(), "", "is not there",
                         "the development files of Penstock were expected (penstock-dev)"});
    if (!component_->parsed())
        return make({templates / "graph"},
                    "penstock test " + name_ + ".test.json\n  penstock run " + name_ + ".json");
    const std::vector<std::string> known = all_categories();
    if (std::find(known.begin(), known.end(), category_) == known.end())
        return complain({"--category", "", quote(category_) + " is no category",
                         expected_name(category_, known)},
                        misuse);
    return make({templates / "component/common", templates / "component" / category_},
                "cmake --preset release && cmake --build --preset release\n"
                "  ctest --preset release\n"
                "  penstock package install build/packages/" +
                    name_ + ".so\n  penstock run " + name_ + ".json");
}

int new_command::make(const std::vector<std::filesystem::path>& folders,
                      const std::string& next) const
{
    const auto made = project::read(folders, name_);
    if (!made)
        return complain(made.error());
    if (const std::optional<problem> wrong = made->refuse_name())
        return complain(*wrong, misuse);
    if (const std::optional<problem> wrong = made->write(parent_))
        return complain(*wrong);
    const std::filesystem::path folder =
        (std::filesystem::path(parent_) / name_).lexically_normal();
    std::cout << "made " << folder.string() << "; next:\n  cd " << folder.string() << "\n  " << next
              << '\n';
    return fine;
}

} // namespace penstock::host::cli
