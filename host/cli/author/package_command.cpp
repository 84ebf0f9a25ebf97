// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/package_command.hpp"

#include "host/base/quantity.hpp"
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
    host::stamp stamp;
    std::string state;
    std::vector<std::string> components;
    std::string path;
    std::string reason; ///< why it is not offered
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
    return text;
}

std::string cell(const std::string& text)
{
    return text.empty() ? "-" : text;
}

/// What a file or folder is called that was refused: its stamp may be what cannot be read.
line refused(const problem& why)
{
    const std::filesystem::path path = why.where;
    const std::string folder = path.parent_path().filename();
    host::stamp called;
    if (path.extension() == ".so")
        called.package = path.stem();
    if (const std::size_t at = folder.find('@'); at != folder.npos)
        called.version = folder.substr(at + 1);
    return {called, "refused", {}, path, to_string(problem("", "", why.message, why.expected))};
}

std::vector<line> lines_of(catalogue& all)
{
    const std::map<std::string, std::vector<std::string>> components = components_by_path(all);
    std::vector<line> lines;
    found_package offered; // of the same name; it comes before those it hides
    for (const found_package& each : all.packages())
    {
        const auto own = components.find(each.path);
        if (!each.hidden)
            offered = each;
        const std::string by = offered.stamp.package == each.stamp.package ? offered.path.string()
                                                                           : "one that was refused";
        lines.push_back({each.stamp, each.hidden ? "hidden" : "offered",
                         own == components.end() ? std::vector<std::string>() : own->second,
                         each.path, each.hidden ? "hidden by " + by : ""});
    }
    for (const problem& each : all.refusals())
        lines.push_back(refused(each));
    return lines;
}

json::object json_of(const line& line)
{
    return {{"package", line.stamp.package},
            {"version", line.stamp.version},
            {"components", json::value_from(line.components)},
            {"licence", line.stamp.licence},
            {"state", line.state},
            {"path", line.path},
            {"reason", line.reason}};
}

/// What to do with a package that was installed: it may have a newer one beside it, which counts.
std::string next_after(const stored_package& done)
{
    const std::string& package = done.stamp.package;
    for (const found_package& each : catalogue(places_of({})).packages())
        if (each.stamp.package == package && !each.hidden &&
            each.stamp.version != done.stamp.version)
            return "  \"package\": \"" + package + '@' + done.stamp.version +
                   "\" in a graph's node; without it version " + each.stamp.version + " is used\n";
    return "  penstock inspect " + package + '\n';
}

problem no_home()
{
    return {"package", "", "there is no home directory for packages",
            "XDG_DATA_HOME or HOME was expected"};
}

} // namespace

package_command::package_command(CLI::App& program)
    : command(*program.add_subcommand("package", "Manages the packages of this user.")),
      unpacked_limit_(write_size(archive_limits().bytes)),
      unpacked_entries_(archive_limits().entries)
{
    CLI::App& verb = *program.get_subcommand("package");
    verb.require_subcommand(1);
    install_ = verb.add_subcommand("install", "Checks a package and puts it where hosts find it.");
    install_->add_option("FILE", subject_, "NAME.so, or a .tar.gz with exactly one such file")
        ->required();
    install_
        ->add_option("--unpacked-limit", unpacked_limit_, "how much an archive may hold, unpacked")
        ->type_name("SIZE")
        ->capture_default_str();
    install_
        ->add_option("--unpacked-entries", unpacked_entries_,
                     "how many files and folders it may hold")
        ->type_name("N")
        ->capture_default_str();
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
    const auto bytes = parse_size(unpacked_limit_);
    if (!bytes)
        return complain({"--unpacked-limit", "", quote(unpacked_limit_) + " does not fit",
                         "a size as in 100MiB was expected"},
                        misuse);
    const auto done = package_store(user_packages()).install(subject_, {*bytes, unpacked_entries_});
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
                  << done->stamp.version << ": " << done->path.string() << "; next:\n"
                  << next_after(*done);
    return fine;
}

int package_command::list() const
{
    catalogue all(places_of(packages_));
    const std::vector<line> lines = lines_of(all);
    if (json_)
    {
        json::array list;
        for (const line& each : lines)
            list.push_back(json_of(each));
        std::cout << write_json(json::object{{"packages", std::move(list)}}) << '\n';
        return fine;
    }
    std::vector<std::vector<std::string>> rows{
        {"package", "version", "state", "licence", "components", "path"}};
    if (std::any_of(lines.begin(), lines.end(),
                    [](const line& each) { return !each.reason.empty(); }))
        rows.front().emplace_back("reason");
    for (const line& each : lines)
        rows.push_back({cell(each.stamp.package), cell(each.stamp.version), each.state,
                        cell(each.stamp.licence), cell(joined(each.components)), each.path,
                        each.reason});
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
