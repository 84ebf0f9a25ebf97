// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include "../reading/media_type_of_name.hpp"

#include "appender.hpp"
#include "file_reader.hpp"
#include "path_text.hpp"

#include <penstock/sdk.hpp>

#include <re2/re2.h>

#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace files_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

// The regular expression of a text that may be none; it says so itself.
std::shared_ptr<const re2::RE2> expression(const std::string& text)
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    return std::make_shared<const re2::RE2>(text, options);
}

class read_files final : public penstock::source
{
    penstock::parameter<std::vector<std::string>> paths{
        *this, "paths", penstock::no_default,
        "The files and folders to read; folders with all that is in them. A path may be a pattern, "
        "as in include. A relative path begins in the folder that the host was started in.",
        penstock::example{json::array{"/usr/share/doc", "/var/log/*.log"}}};
    penstock::parameter<std::vector<std::string>> include{
        *this,
        "include",
        {},
        "Patterns of the files to read; without any, all. * stands for any characters but /, ** "
        "for "
        "any, ? for one, [a-z] for one of some. A pattern with a / is one of the path in the "
        "folder, any other of the name alone."};
    penstock::parameter<std::vector<std::string>> exclude{
        *this,
        "exclude",
        {},
        "Patterns of files and folders to leave out.",
        penstock::example{json::array{".git", "*.gz"}}};
    penstock::parameter<std::string> mode{*this, "mode", "whole",
                                          "Whether a packet holds a whole file or one line.",
                                          penstock::choices{"whole", "lines"}};
    penstock::parameter<bool> follow{
        *this, "follow", false,
        "Whether to go on when all is read: with files and lines that are new, files that change, "
        "and, of whole files, those that are deleted."};
    penstock::parameter<bool> links{
        *this, "links", false,
        "Whether symbolic links in the folders are followed. Those in paths always are."};
    penstock::parameter<std::optional<std::string>> multiline{
        *this, "multiline", std::nullopt,
        "A regular expression (RE2) of the first line of a record: lines that it does not match "
        "belong to the record before, and a packet holds a record.",
        penstock::example{"^[0-9]{4}-"}};
    penstock::parameter<std::chrono::milliseconds> multiline_wait{
        *this, "multiline_wait", 1s,
        "How long a record waits for further lines, at the end of a file that is followed.",
        penstock::range{0, 3'600'000}};
    penstock::parameter<std::string> charset{*this, "charset", "utf-8",
                                             "The encoding of lines. What is not in it becomes a "
                                             "dead letter. Not UTF-16 or UTF-32: read "
                                             "such files whole."};
    penstock::parameter<penstock::byte_count> file_bytes{
        *this, "file_bytes", penstock::byte_count{64 << 20},
        "How long a whole file may be; a longer one becomes a dead letter without its data.",
        penstock::range{1, 1e12}};
    penstock::parameter<penstock::byte_count> line_bytes{
        *this, "line_bytes", penstock::byte_count{1 << 20},
        "How long a line may be; a longer one becomes a dead letter with its begin. A record of "
        "several lines ends there.",
        penstock::range{1, 1 << 30}};
    penstock::parameter<std::uint32_t> open_files{
        *this, "open_files", 256,
        "How many files are open at a time, when lines are read. One that is not open and moved "
        "to another folder is not found again.",
        penstock::range{1, 100'000}};
    penstock::parameter<std::chrono::milliseconds> settle{
        *this, "settle", 500ms,
        "How long a file is unchanged before it is read whole; one that is never is read after ten "
        "times as long.",
        penstock::range{0, 3'600'000}};
    penstock::parameter<std::chrono::milliseconds> rescan{
        *this, "rescan", 60s,
        "How often everything is looked at again when files are followed, for what no change was "
        "told of: files that could not be read, and those of other machines; 0: never.",
        penstock::range{0, 86'400'000}};
    penstock::state kept{*this, nullptr}; // the name of the checkpoint

    penstock::counter files{*this, "files", "Whole files that were read."};
    penstock::counter lines{*this, "lines", "Lines, or records, that were read."};
    penstock::counter deleted{*this, "deleted_files", "Whole files that were deleted."};
    penstock::counter refused{*this, "refused", "Files and lines that became dead letters."};
    penstock::gauge overflows{*this, "overflows",
                              "How often changes were lost, and everything was looked at again."};

    std::unique_ptr<file_reader> reader_;
    std::string folder_; // of the host's data; empty: none

    void check(penstock::problems& found) const override
    {
        if (paths->empty())
            found.add(paths, "is empty; the path of a file or a folder was expected");
        for (const std::string& each : *paths)
            if (each.empty())
                found.add(paths, "has an empty path; that of a file or a folder was expected");
        check_patterns(found, include);
        check_patterns(found, exclude);
        if (*multiline)
            if (const auto given = expression(**multiline); !given->ok())
                found.add(multiline, "is no regular expression: " + given->error() +
                                         "; one as RE2 has them was expected");
        if (*multiline && *mode != "lines")
            found.add(multiline, "is given for whole files; the mode lines was expected");
        const bool is_wide = charset->starts_with("utf-16") || charset->starts_with("utf-32") ||
                             charset->starts_with("UTF-16") || charset->starts_with("UTF-32");
        if (!penstock::is_charset(*charset) || is_wide)
            found.add(charset, "is no encoding in which a line feed is one byte; one as utf-8 was "
                               "expected");
    }

    static void check_patterns(penstock::problems& found,
                               const penstock::parameter<std::vector<std::string>>& patterns)
    {
        for (const std::string& each : *patterns)
        {
            try
            {
                (void)glob(each);
            }
            catch (const std::invalid_argument& error)
            {
                found.add(patterns, "\"" + each + "\" " + error.what());
            }
        }
    }

    void start() override
    {
        try
        {
            folder_ = std::filesystem::weakly_canonical(penstock::data_directory()).string();
        }
        catch (const std::runtime_error&) // a test run without one
        {
        }
        for (const std::string& each : *paths)
        {
            root given(each);
            given.look();
            if (!folder_.empty() &&
                appender::is_the_hosts(appender::common_name(given.path()), folder_))
                throw std::invalid_argument(each + ": is in the data directory of the host; a path "
                                                   "elsewhere was expected");
            if (!given.is_there() && !*follow)
                throw std::invalid_argument(
                    each + ": " +
                    (given.error() ? given.error().message() : std::string("is not there")) +
                    "; a file or a folder was expected, or one that comes later with \"follow\"");
        }
    }

    void connect() override
    {
        if (reader_ != nullptr)
            return;
        const std::string file = checkpoint_file();
        const auto how = *mode == "whole" ? file_reader::mode::whole : file_reader::mode::lines;
        reader_ = penstock::blocking(
            [&] { return std::make_unique<file_reader>(settings(), how, file); });
    }

    // The state names it, so it is forgotten with the graph; a change of one file in a large state
    // would write all of it.
    std::string checkpoint_file()
    {
        if (folder_.empty())
            return {};
        if (!kept->is_string())
        {
            std::random_device chance;
            std::string name;
            for (int i = 0; i < 4; ++i)
                name += std::to_string(chance()) + (i < 3 ? "-" : "");
            *kept = name;
            kept.save();
        }
        const std::filesystem::path folder = std::filesystem::path(folder_) / "files";
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        if (error)
            throw penstock::unavailable(folder.string() + ": " + error.message());
        return (folder / (std::string(kept->as_string()) + ".sqlite")).string();
    }

    read_settings settings() const
    {
        read_settings made{.paths = *paths};
        for (const std::string& each : *include)
            made.files.include.emplace_back(each);
        for (const std::string& each : *exclude)
            made.files.exclude.emplace_back(each);
        made.follow = *follow;
        made.links = *links;
        made.file_bytes = static_cast<std::size_t>(*file_bytes);
        made.line_bytes = static_cast<std::size_t>(*line_bytes);
        made.open_files = *open_files;
        made.settle = *settle;
        made.rescan = *rescan;
        made.charset = *charset;
        if (*multiline)
            made.record_begin = expression(**multiline);
        made.record_wait = *multiline_wait;
        made.data_directory = folder_;
        made.tell = [](const std::string& line)
        { penstock::log(penstock::severity::warning, line); };
        return made;
    }

    // After an exception another reader begins at the checkpoint.
    template <class Work>
    auto at_the_reader(Work&& work)
    {
        try
        {
            return penstock::blocking(work);
        }
        catch (const std::exception&)
        {
            reader_.reset();
            throw;
        }
    }

    bool read() override
    {
        constexpr int most_without_news = 4; // as of a line that is passed over
        for (int i = 0; i < most_without_news; ++i)
        {
            const auto now = penstock::now();
            findings found = at_the_reader([&] { return reader_->read(now); });
            overflows.set(static_cast<double>(reader_->overflows()));
            for (finding& each : found)
                give(std::move(each));
            if (reader_->is_over())
                return false;
            const auto next = reader_->next_work();
            if (!found.empty() || (*follow && !next))
                break;
            if (next && *next > now)
            {
                if (*follow)
                    break;
                penstock::wait_until(*next); // files that were changed just now
                i = 0;
            }
        }
        return true;
    }

    void acknowledge(const std::vector<json::value>& positions) override
    {
        at_the_reader([&] { reader_->acknowledge(positions); });
    }

    void give(finding&& what)
    {
        penstock::packet made;
        const std::string_view filename = name_of(what.path);
        made.set_meta("path", what.path);
        made.set_meta("filename", filename);
        made.set_meta("mimetype", ::reading::media_type_of_name(filename));
        if (what.what != finding::kind::lines)
        {
            made.set_meta("id", what.path);
            made.set_meta("document", what.path); // also of what is made of it
        }
        if (what.what != finding::kind::deleted && what.version != file_version())
        {
            made.set_meta("size", what.version.size);
            made.set_meta("mtime", time_text(what.version.modified));
            if (what.what == finding::kind::file)
            {
                const std::chrono::nanoseconds now =
                    std::chrono::system_clock::now().time_since_epoch();
                made.set_meta("processingtime", time_text(now.count()));
                made.set_meta("version", std::to_string(what.version.modified) + '.' +
                                             std::to_string(what.version.size) + '.' +
                                             std::to_string(what.version.inode));
            }
        }
        if (what.line != 0)
            made.set_meta("line", what.line);
        if (!what.wrong.empty())
        {
            refused.add();
            made.set_data(penstock::bytes(std::move(what.data)));
            return refuse(std::move(what.position), std::move(made), std::move(what.wrong));
        }
        switch (what.what)
        {
        case finding::kind::file:
            files.add();
            made.set_data(penstock::bytes(std::move(what.data)));
            break;
        case finding::kind::lines:
            lines.add();
            made.set("text", what.data);
            break;
        case finding::kind::deleted:
            deleted.add();
            made.set_meta("requestmethod", "DELETE");
            break;
        }
        emit(std::move(what.position), std::move(made));
    }
};

} // namespace

extern constinit const penstock::component_entry read_entry = penstock::component_of<read_files>(
    "read", penstock::category::adapter, "Reads files and follows them: whole, or line by line.");

} // namespace files_package
