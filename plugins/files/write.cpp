// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "closed_files.hpp"
#include "components.hpp"
#include "compression.hpp"
#include "line_groups.hpp"
#include "output_files.hpp"

#include "../packets/data_alone.hpp"
#include "../packets/place_problem.hpp"
#include "../writing/packet_path.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include <unistd.h>

namespace files_package
{
namespace
{

using namespace std::chrono_literals;

// A closed file has a name that is longer by its time, a number, and ".zst.part".
constexpr writing::packet_path::limits longest{.name = 200, .whole = 4000};

// What the path of one packet is to blame for, in a folder that can be written to.
bool is_of_path(const std::error_code& error, const std::string& folder)
{
    return error == std::errc::not_a_directory || error == std::errc::is_a_directory ||
           error == std::errc::filename_too_long ||
           error == std::errc::too_many_symbolic_link_levels ||
           error == std::errc::no_such_device_or_address ||
           (error == std::errc::permission_denied && ::access(folder.c_str(), W_OK | X_OK) == 0);
}

class file_writer final : public penstock::publisher
{
public:
    // Each write is a trip to another thread: in a millisecond as many lines come as pay for it.
    file_writer() : publisher({.count = 1024, .wait = 1ms}) {}

private:
    penstock::parameter<std::string> path{
        *this, "path", penstock::no_default,
        "The file to append to; it is made if it is missing. {{/meta/NAME}}, {{/fields/NAME}} and "
        "{{NAME}}, which is meta or else a field, stand for what a packet has there, {{%Y-%m-%d}} "
        "for "
        "its time in UTC, by %Y, %m, %d, %H, %M, %S and %j. What stands before the last slash in "
        "front of the first of them is the folder, which no packet leaves; folders in it are made.",
        penstock::example{"logs/{{host}}/{{%Y-%m-%d}}.ndjson"}};
    penstock::parameter<std::string> time{
        *this, "time", "",
        "The place of a packet's time in the path: /meta/NAME, /fields/NAME or NAME; a text as RFC "
        "3339 has it, or a number of seconds since 1970. If empty, the time when it is written."};
    penstock::parameter<std::string> format{
        *this, "format", "ndjson",
        "How a packet is written. ndjson: its fields as JSON "
        "on one line; one without fields writes nothing, "
        "and fails if it has data, as what failed in a reader "
        "has: fields/map makes fields of that. data: its data "
        "as they are, as csv/write and xml/write make them, and "
        "the end of a line behind what has none; one without "
        "data writes nothing, and fails if it has fields.",
        penstock::choices{"ndjson", "data"}};
    penstock::parameter<bool> sync{
        *this, "sync", false,
        "Wait until the disk has what was written before a packet counts as delivered."};
    penstock::parameter<penstock::byte_count> rotate_bytes{
        *this, "rotate_bytes", penstock::byte_count{0},
        "A file that would become longer is closed: its name gets the time in UTC at its end, and "
        "another one of its name is begun. 0: never. A file is longer if one batch is."};
    penstock::parameter<std::chrono::milliseconds> rotate_after{
        *this, "rotate_after", 0ms,
        "How old a file becomes before it is closed, when the next packet comes for any open file; "
        "0: any age.",
        penstock::range{0, 31'622'400'000}};
    penstock::parameter<std::string> compress{
        *this, "compress", "none",
        "How files are compressed when they are closed. Packets behind them wait meanwhile.",
        penstock::choices{"none", "gzip", "zstd"}};
    penstock::parameter<std::uint32_t> open_files{
        *this, "open_files", 64, "How many files are open at a time.", penstock::range{1, 100'000}};

    penstock::counter closed{*this, "closed_files", "Files that were closed."};

    void check(penstock::problems& found) const override
    {
        if (path->empty())
            found.add(path, "is empty; the name of a file was expected");
        else if (const std::string wrong = writing::packet_path::problem_of(*path); !wrong.empty())
            found.add(path, wrong);
        if (const std::string wrong = packets::problem_of_place(*time);
            !time->empty() && !wrong.empty())
            found.add(time, wrong);
        if (*compress != "none" && rule().is_empty())
            found.add(compress,
                      "has no rotate_bytes and no rotate_after; one of them was expected");
    }

    [[nodiscard]] closing_rule rule() const
    {
        return {.bytes = static_cast<std::uint64_t>(*rotate_bytes), .age = *rotate_after};
    }

    void start() override
    {
        path_ = writing::packet_path(*path, *time, longest);
        const std::string data = data_folder();
        file_name_ = appender::common_name(path_.is_fixed()         ? *path
                                           : path_.folder().empty() ? "."
                                                                    : path_.folder());
        if (file_name_.ends_with('/') && file_name_.size() > 1)
            file_name_.pop_back();
        if (!data.empty() && appender::is_the_hosts(file_name_, data))
            throw std::invalid_argument(*path + ": is in the data directory of the host; a file "
                                                "elsewhere was expected");
        const std::string folder = path_.is_fixed()
                                       ? std::filesystem::path(file_name_).parent_path().string()
                                       : file_name_;
        const std::string key =
            path_.is_fixed() ? file_name_ : file_name_ + '/' + path->substr(path_.folder().size());
        penstock::exclusive("file:" + key);
        files_ = penstock::shared<output_files>(
            key, [&] { return std::make_unique<output_files>(folder, data); });
        if (path_.is_fixed())
            penstock::blocking([&] { (void)files_->open(file_name_, *open_files, *sync); });
    }

    // What is appended to a journal or to a list of tokens, or stands there before it is made, is
    // read by the host.
    [[nodiscard]] static std::string data_folder()
    {
        try
        {
            return penstock::data_directory();
        }
        catch (const std::runtime_error&) // a test run without one
        {
            return {};
        }
    }

    // All packets of a batch in one write a file. When the disk is full, those that did fit are
    // delivered.
    void write(penstock::batch& items) override
    {
        make_lines(items);
        std::vector<std::string> rotated;
        for (const line_groups::group& each : lines_.all())
            write(each, rotated);
        if (rule().is_empty())
            return;
        for (const std::string& each :
             penstock::blocking([&] { return files_->close_old(rule()); }))
            note_closed(each, rotated);
        if (*compress == "none")
            return;
        for (const std::string& each : rotated)
            compress_closed(each);
    }

    void note_closed(const std::string& path_of, std::vector<std::string>& rotated)
    {
        closed.add();
        rotated.push_back(path_of);
    }

    void make_lines(const penstock::batch& items)
    {
        lines_.clear();
        const auto now =
            std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            if (*format == "data")
                take_data(items[i], i, now);
            else if (packets::is_data_alone(items[i]))
                fail(i, packets::needs_fields);
            else if (items[i].field_count() != 0)
                make_line(items[i], i, now);
        }
    }

    void take_data(const penstock::packet& packet, std::size_t place,
                   writing::packet_path::time_point now)
    {
        const penstock::bytes data = packet.data();
        if (data.empty() && packet.field_count() != 0)
            fail(place, "has fields and no data; data, as csv/write or xml/write make them of "
                        "fields, were expected");
        if (data.empty())
            return;
        line_ = data.view();
        if (line_.ends_with('\n'))
            line_.pop_back();
        put_line(packet, place, now);
    }

    void make_line(const penstock::packet& packet, std::size_t place,
                   writing::packet_path::time_point now)
    {
        line_.clear();
        try
        {
            packet.write_fields(line_);
        }
        catch (const std::invalid_argument& error) // a number that JSON cannot hold
        {
            return fail(place, error.what());
        }
        put_line(packet, place, now);
    }

    void put_line(const penstock::packet& packet, std::size_t place,
                  writing::packet_path::time_point now)
    {
        try
        {
            line_groups::group& group =
                lines_.of(path_.is_fixed() ? file_name_ : path_.fill(packet, now));
            group.lines += line_;
            group.lines += '\n';
            group.ends.emplace_back(place, group.lines.size());
        }
        catch (const std::invalid_argument& error)
        {
            fail(place, std::string("path: ") + error.what());
        }
    }

    void write(const line_groups::group& what, std::vector<std::string>& rotated)
    {
        appender::outcome outcome;
        std::string refused;
        penstock::blocking(
            [&]
            {
                try
                {
                    outcome = files_->open(what.path, *open_files, *sync)
                                  ->append(what.lines, *sync, rule());
                }
                catch (const std::invalid_argument& error)
                {
                    refused = error.what();
                }
                catch (const std::system_error& error)
                {
                    outcome.error = error.code();
                }
            });
        if (outcome.has_closed)
            note_closed(what.path, rotated);
        const std::string name = path_.is_fixed() ? *path : what.path;
        const std::string why =
            outcome.error ? std::system_error(outcome.error, name).what() : refused;
        const bool blames_path = !refused.empty() || (outcome.error && !path_.is_fixed() &&
                                                      is_of_path(outcome.error, file_name_));
        for (const auto& [item, end] : what.ends)
            if (why.empty() || end <= outcome.kept)
                deliver(item);
            else if (blames_path)
                fail(item, why);
        if (outcome.error && !blames_path)
            throw penstock::unavailable(why);
    }

    // The packets are delivered by now: what goes wrong is for the log, and for the next time.
    void compress_closed(const std::string& path_of)
    {
        const std::string name = appender::common_name(path_of);
        for (const std::string& each : penstock::blocking([&] { return closed_files_of(name); }))
            if (penstock::blocking([&] { return files_->claim(each); }))
            {
                const std::shared_ptr<void> claimed(nullptr,
                                                    [&](void*) { files_->give_back(each); });
                compress_file(each);
            }
    }

    void compress_file(const std::string& name)
    {
        try
        {
            std::unique_ptr<compression> work =
                penstock::blocking([&] { return std::make_unique<compression>(name, *compress); });
            while (penstock::blocking([&] { return work->step(); }))
                continue;
        }
        catch (const std::system_error& error)
        {
            if (error.code() != std::errc::no_such_file_or_directory) // another lane was there
                penstock::log(penstock::severity::warning,
                              std::string("is not compressed: ") + error.what());
        }
    }

    writing::packet_path path_;
    std::string file_name_; // of the file, or of the folder if packets name the files
    std::shared_ptr<output_files> files_;
    line_groups lines_; // of the batch at hand
    std::string line_;
};

} // namespace

extern constinit const penstock::component_entry write_entry = penstock::component_of<file_writer>(
    "write", penstock::category::publisher,
    "Appends packets to a file, or to files that packets name, one line each.");

} // namespace files_package
