// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/inspect_command.hpp"

#include "host/base/file_text.hpp"
#include "host/cli/arguments.hpp"
#include "host/cli/author/component_markdown.hpp"
#include "host/cli/author/component_text.hpp"
#include "host/packages/package_file.hpp"
#include "host/packages/stamp.hpp"

#include <penstock/nearest.hpp>

#include <CLI/App.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <utility>

namespace penstock::host::cli
{

namespace
{

/// The stamp's parts in words, in the order in which they are shown.
std::vector<std::pair<std::string_view, const std::string*>> parts_of(const stamp& stamp)
{
    return {{"package", &stamp.package},
            {"version", &stamp.version},
            {"licence", &stamp.licence},
            {"sdk", &stamp.sdk},
            {"boost", &stamp.boost},
            {"cxx11_abi", &stamp.glibcxx_cxx11_abi},
            {"glibcxx_debug", &stamp.glibcxx_debug},
            {"sanitizer", &stamp.sanitizer}};
}

json::object catalogue_json(const component_type& type)
{
    json::object described = component_json(type);
    described["path"] = type.path.string();
    return described;
}

std::string nearest_component(catalogue& components, const std::string& id)
{
    std::vector<std::string> ids;
    for (const auto& type : components.all())
        ids.push_back(type->id);
    const std::string meant = nearest(id, ids);
    return meant.empty() ? "see penstock inspect" : "did you mean " + quote(meant) + "?";
}

bool names_file(const std::string& subject)
{
    return subject.ends_with(".so");
}

} // namespace

inspect_command::inspect_command(CLI::App& program)
    : command(*program.add_subcommand("inspect", "Shows the components that graphs can name."))
{
    CLI::App& verb = *program.get_subcommand("inspect");
    verb.add_option("SUBJECT", subject_,
                    "a component (package/name), a package, or a package's file (NAME.so), whose "
                    "code is not run; default: everything");
    add_packages(verb, packages_);
    add_json(verb, json_);
    CLI::Option* markdown = verb.add_flag("--markdown", markdown_, "write Markdown");
    CLI::Option* into =
        verb.add_option("--into", into_,
                        "a folder for a page of each package, or a file in which what stands "
                        "between <!-- penstock inspect ID --> and <!-- end of ID --> is replaced")
            ->type_name("PATH")
            ->needs(markdown);
    verb.add_flag("--check", check_, "write nothing; fail if it is not what is there")->needs(into);
}

int inspect_command::run()
{
    if (names_file(subject_))
        return show_file();
    if (const int code = check_packages(packages_); code != fine)
        return code;
    catalogue components(places_of(packages_));
    if (!into_.empty())
        return write_documentation(components);
    return subject_.find('/') == std::string::npos ? show_all(components) : show_one(components);
}

int inspect_command::show_all(catalogue& components) const
{
    std::vector<std::shared_ptr<const component_type>> types = components.all();
    if (!subject_.empty())
        std::erase_if(types, [this](const auto& type) { return type->package != subject_; });
    for (const problem& each : components.warnings())
        complain(each);
    for (const problem& each :
         subject_.empty() ? components.refusals() : components.refusals(subject_))
        complain(each);
    if (types.empty() && !subject_.empty())
        return complain({subject_, "", "no such package",
                         "a package, a component or a file was expected; see penstock inspect"});
    if (json_)
    {
        json::array all;
        for (const auto& type : types)
            all.push_back(catalogue_json(*type));
        std::cout << write_json(json::object{{"components", std::move(all)}}) << '\n';
        return fine;
    }
    if (!markdown_)
        std::cout << catalogue_table(types);
    const char* between = "";
    for (const auto& type : types)
        if (markdown_)
            std::cout << std::exchange(between, "\n") << component_markdown(*type);
    return fine;
}

int inspect_command::show_one(catalogue& components) const
{
    const std::shared_ptr<const component_type> type = components.find(subject_);
    if (!type)
    {
        const std::vector<problem> refusals =
            components.refusals(subject_.substr(0, subject_.find('/')));
        for (const problem& each : refusals)
            complain(each);
        return complain(
            {subject_, "", "unknown component", nearest_component(components, subject_)});
    }
    if (json_)
        std::cout << write_json(catalogue_json(*type)) << '\n';
    else
        std::cout << (markdown_ ? component_markdown(*type) : component_page(*type));
    return fine;
}

int inspect_command::write_documentation(catalogue& components) const
{
    if (!subject_.empty())
        return complain({subject_, "", "has no place with --into", "--into alone was expected"},
                        misuse);
    if (std::filesystem::is_directory(into_))
    {
        pages wanted;
        for (auto& [name, text] : reference_pages(components))
            wanted[std::filesystem::path(into_) / name] = std::move(text);
        const int code = keep(wanted);
        for (const auto& each : std::filesystem::directory_iterator(into_))
            if (each.path().extension() == ".md" && !wanted.contains(each.path()))
                return complain({each.path().string(), "", "is about no package", ""});
        return code;
    }
    const auto text = read_text(into_);
    if (!text)
        return complain(text.error());
    std::vector<problem> problems;
    const pages wanted{{into_, with_documentation(*text, components, into_, problems)}};
    for (const problem& each : problems)
        complain(each);
    return problems.empty() ? keep(wanted) : failure;
}

/// Sees to it that files have these texts, or only tells which have not.
int inspect_command::keep(const pages& wanted) const
{
    int code = fine;
    for (const auto& [file, text] : wanted)
    {
        const auto found = read_text(file);
        if (found && *found == text)
            continue;
        if (check_)
            code = complain({file.string(), "", "is stale",
                             "what this writes without --check, as the target NAME_documentation "
                             "of a project does, was expected"});
        else if (!(std::ofstream(file, std::ios::binary) << text).flush())
            code = complain({file.string(), "", "cannot be written", ""});
    }
    return code;
}

int inspect_command::show_file() const
{
    const auto file = package_file::open(subject_);
    if (!file)
        return complain(file.error());
    const auto stamp = read_stamp(file->bytes(), subject_);
    if (!stamp)
        return complain(stamp.error());
    const std::optional<problem> refusal = check(*stamp, subject_);
    if (json_)
    {
        json::object made{{"path", file->path().string()}};
        for (const auto& [name, value] : parts_of(*stamp))
            made[name] = *value;
        made["loads"] = !refusal;
        std::cout << write_json(made) << '\n';
    }
    else
    {
        for (const auto& [name, value] : parts_of(*stamp))
            std::cout << name << std::string(15 - name.size(), ' ') << *value << '\n';
    }
    return refusal ? complain(*refusal) : fine;
}

} // namespace penstock::host::cli
