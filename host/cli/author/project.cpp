// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/project.hpp"

#include "host/base/file_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

namespace penstock::host::cli
{

namespace
{

namespace files = std::filesystem;

std::string filled_in(std::string text, const std::string& name)
{
    for (std::size_t at = text.find(placeholder); at != text.npos;
         at = text.find(placeholder, at + name.size()))
        text.replace(at, placeholder.size(), name);
    return text;
}

bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Returns whether a text has a word, with `before` and `after` around it if they are not 0.
bool has_word(const std::string& text, const std::string& word, char before, char after)
{
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    {
        const char left = at == 0 ? ' ' : text[at - 1];
        const char right = at + word.size() == text.size() ? ' ' : text[at + word.size()];
        if ((before == 0 ? !is_word_character(left) : left == before) &&
            (after == 0 ? !is_word_character(right) : right == after))
            return true;
    }
    return false;
}

problem failed(const files::path& path, const char* what, const std::error_code& error)
{
    return {path.string(), "", what + error.message(), ""};
}

std::optional<problem> write_file(const files::path& path, const std::string& text,
                                  files::perms mode)
{
    std::error_code error;
    files::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out << text << std::flush;
    if (!out)
        return problem(path.string(), "", "cannot be written", "");
    if ((mode & files::perms::owner_exec) != files::perms::none)
        files::permissions(
            path, files::perms::owner_exec | files::perms::group_exec | files::perms::others_exec,
            files::perm_options::add, error);
    return std::nullopt;
}

} // namespace

files::path template_folder()
{
    std::error_code error;
    const files::path binary = files::read_symlink("/proc/self/exe", error);
    return binary.parent_path().parent_path() / "share/penstock/templates";
}

boost::system::result<project, problem> project::read(const std::vector<files::path>& folders,
                                                      const std::string& name)
{
    project made(name);
    for (const files::path& folder : folders)
    {
        std::error_code error;
        files::recursive_directory_iterator each(folder, error);
        for (; !error && each != files::recursive_directory_iterator(); each.increment(error))
        {
            if (!each->is_regular_file())
                continue;
            boost::system::result<std::string, problem> text = read_text(each->path());
            if (!text)
                return text.error();
            const files::path path = each->path().lexically_relative(folder);
            const auto same = std::find_if(made.files_.begin(), made.files_.end(),
                                           [&](const file& other) { return other.path == path; });
            if (same != made.files_.end())
                same->text += *text;
            else
                made.files_.push_back({path, *std::move(text), each->status().permissions()});
        }
        if (error)
            return failed(folder, "cannot be read: ", error);
    }
    return made;
}

std::optional<problem> project::refuse_name() const
{
    for (const file& each : files_)
    {
        const files::path kind = each.path.extension();
        if (kind == ".cpp" && has_word(each.text, name_, 0, 0))
            return problem("NAME", "",
                           quote(name_) + " means something else in the template's code",
                           "another name was expected");
        if (kind == ".json" && has_word(each.text, name_, '"', '/'))
            return problem("NAME", "",
                           quote(name_) + " is a package that the template's graph uses",
                           "another name was expected");
    }
    return std::nullopt;
}

std::optional<problem> project::write(const files::path& parent) const
{
    const files::path target = parent / name_;
    std::error_code error;
    if (files::exists(files::symlink_status(target, error)))
        return problem(target.string(), "", "is there already", "a new name was expected");
    if (!files::is_directory(parent, error))
        return problem(parent.string(), "", "is no folder",
                       "one to make the project in was expected");

    // Written aside, so that it is never seen half.
    std::string aside = (parent / ("." + name_ + "-XXXXXX")).string();
    if (::mkdtemp(aside.data()) == nullptr)
        return failed(parent, "cannot be written to: ", {errno, std::generic_category()});
    std::optional<problem> wrong;
    for (const file& each : files_)
        if (!wrong)
            wrong = write_file(files::path(aside) / filled_in(each.path, name_),
                               filled_in(each.text, name_), each.mode);
    if (!wrong)
    {
        files::permissions(aside, files::perms(0755), error);
        files::rename(aside, target, error); // fails if somebody else made it meanwhile
        if (error)
            wrong = failed(target, "cannot be made: ", error);
    }
    if (wrong)
        files::remove_all(aside, error);
    return wrong;
}

} // namespace penstock::host::cli
