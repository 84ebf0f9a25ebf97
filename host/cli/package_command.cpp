// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/package_command.hpp"

#include "host/cli/arguments.hpp"
#include "host/cli/text_table.hpp"
#include "host/packages/catalogue.hpp"
#include "host/packages/package_store.hpp"

#include <penstock/json.hpp>

#include <CLI/App.hpp>

#include <boost/json/value_from.hpp>

#include <algorithm>
#include <iostream>
#include <map>

namespace penstock::host::cli
{

namespace
{

/// What is found of one package's file.
struct line
{
    std::string name;
    std::string version;
    std::vector<std::string> components;
    std::string licence;
    std::string state;
    std::string path;
};

/// The names of the components by the file they are in; of hidden packages nothing is loaded.
std::map<std::string, std::vector<std::string>> components_by_path(catalogue& all)
{
    std::map<std::string, std::vector<std::string>> names;
    for (const auto& type : all.all())
        names[type->path].push_back(type->id.substr(type->id.find('/') + 1));
    return names;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& each : names)
        text += (text.empty() ? "" : ", ") + each;
    return text.empty() ? "-" : text;
}

std::vector<line> lines_of(catalogue& all)
{
    const std::map<std::string, std::vector<std::string>> components = components_by_path(all);
    std::vector<line> lines;
    for (const found_package& each : all.packages())
    {
        const auto own = components.find(each.path);
        lines.push_back({each.stamp.package, each.stamp.version,
                         own == components.end() ? std::vector<std::string>() : own->second,
                         each.stamp.licence, each.hidden ? "hidden" : "offered", each.path});
    }
    return lines;
}

problem no_home()
{
    return {"package", "", "there is no home directory for packages",
            "XDG_DATA_HOME or HOME was expected"};
}

} // namespace

package_command::package_command(CLI::App& program)
    : command(*program.add_subcommand("package", "Manages the packages of this user."))
{
    CLI::App& verb = *program.get_subcommand("package");
    verb.require_subcommand(1);
    install_ = verb.add_subcommand("install", "Checks a package and puts it where hosts find it.");
    install_->add_option("FILE", subject_, "NAME.so, or a .tar.gz with exactly one such file")
        ->required();
    list_ = verb.add_subcommand("list", "Lists the packages that hosts find.");
    add_packages(*list_, packages_);
    CLI::App* remove = verb.add_subcommand("remove", "Removes a package that was installed.");
    remove->add_option("NAME", subject_, "the package, or NAME@VERSION")->required();
    for (CLI::App* each : {install_, list_, remove})
        add_json(*each, json_);
}

int package_command::run()
{
    if (list_->parsed())
        return list();
    if (user_packages().empty())
        return complain(no_home());
    return install_->parsed() ? install() : remove();
}

int package_command::install() const
{
    const auto done = package_store(user_packages()).install(subject_);
    if (!done)
        return complain(done.error());
    if (json_)
        std::cout << write_json(json::object{{"package", done->stamp.package},
                                             {"version", done->stamp.version},
                                             {"licence", done->stamp.licence},
                                             {"path", done->path.string()},
                                             {"replaced", done->replaced}})
                  << '\n';
    else
        std::cout << (done->replaced ? "replaced " : "installed ") << done->stamp.package << ' '
                  << done->stamp.version << ": " << done->path.string() << '\n';
    return fine;
}

int package_command::list() const
{
    catalogue all(places_of(packages_));
    const std::vector<line> lines = lines_of(all);
    for (const problem& each : all.refusals())
        complain(each);
    if (json_)
    {
        json::array list;
        for (const line& each : lines)
            list.push_back(json::object{{"package", each.name},
                                        {"version", each.version},
                                        {"components", json::value_from(each.components)},
                                        {"licence", each.licence},
                                        {"state", each.state},
                                        {"path", each.path}});
        std::cout << write_json(json::object{{"packages", std::move(list)}}) << '\n';
        return fine;
    }
    std::vector<std::vector<std::string>> rows{
        {"package", "version", "state", "licence", "components", "path"}};
    for (const line& each : lines)
        rows.push_back({each.name, each.version, each.state, each.licence, joined(each.components),
                        each.path});
    std::cout << text_table(rows);
    return fine;
}

int package_command::remove() const
{
    const auto gone = package_store(user_packages()).remove(subject_);
    if (!gone)
        return complain(gone.error());
    json::array list;
    for (const std::filesystem::path& each : *gone)
        if (json_)
            list.emplace_back(each.string());
        else
            std::cout << "removed " << each.string() << '\n';
    if (json_)
        std::cout << write_json(json::object{{"removed", std::move(list)}}) << '\n';
    return fine;
}

} // namespace penstock::host::cli
