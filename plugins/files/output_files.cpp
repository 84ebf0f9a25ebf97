// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "output_files.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace files_package
{
namespace
{

using namespace std::chrono_literals;

bool is_below(const std::filesystem::path& file, const std::filesystem::path& folder)
{
    return std::mismatch(folder.begin(), folder.end(), file.begin(), file.end()).first ==
           folder.end();
}

std::error_code sync_folder(const std::string& folder)
{
    const int held = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    std::error_code error;
    if (held < 0 ? errno != EACCES : ::fsync(held) != 0 && errno != EINVAL)
        error = {errno, std::generic_category()};
    if (held >= 0)
        ::close(held);
    return error;
}

} // namespace

output_files::output_files(std::string folder, std::string data_directory)
    : folder_(std::move(folder)), data_directory_(std::move(data_directory))
{
}

std::shared_ptr<appender> output_files::open(const std::string& path, std::size_t most, bool sync)
{
    std::lock_guard lock(mutex_);
    if (const auto known = places_.find(path); known != places_.end())
    {
        files_.splice(files_.begin(), files_, known->second);
        return known->second->writer;
    }
    while (!files_.empty() && files_.size() >= most)
    {
        places_.erase(files_.back().path);
        files_.pop_back();
    }
    files_.push_front({path, make(path, sync)});
    places_.insert_or_assign(path, files_.begin());
    return files_.front().writer;
}

std::shared_ptr<appender> output_files::make(const std::string& path, bool sync) const
{
    const std::string name = appender::common_name(path);
    if (!is_below(name, folder_))
        throw std::invalid_argument(path + ": a link leads out of the folder; a file in " +
                                    folder_ + " was expected");
    if (!data_directory_.empty() && appender::is_the_hosts(name, data_directory_))
        throw std::invalid_argument(path + ": is in the data directory of the host; a file "
                                           "elsewhere was expected");
    const std::string above = std::filesystem::path(name).parent_path().string();
    if (above != folder_)
        make_folders(above, sync);
    return std::make_shared<appender>(name);
}

// Those below the folder, the upper ones first.
void output_files::make_folders(const std::string& folder, bool sync) const
{
    namespace fs = std::filesystem;
    fs::path made = folder_;
    for (const fs::path& each : fs::relative(folder, folder_))
    {
        const fs::path above = made;
        made /= each;
        if (::mkdir(made.c_str(), 0777) != 0)
        {
            if (errno == EEXIST)
                continue;
            throw std::system_error(errno, std::generic_category(), made.string());
        }
        if (const std::error_code error = sync ? sync_folder(above) : std::error_code())
            throw std::system_error(error, made.string());
    }
}

std::vector<std::string> output_files::close_old(const closing_rule& rule)
{
    std::vector<open_file> looked_at;
    {
        std::lock_guard lock(mutex_);
        const auto now = clock::now();
        if (rule.age.count() == 0 || now - looked_ < std::min<clock::duration>(1s, rule.age))
            return {};
        looked_ = now;
        looked_at.assign(files_.begin(), files_.end());
    }
    std::vector<std::string> closed;
    for (const open_file& each : looked_at)
        if (each.writer->close_if_old(rule).has_closed)
            closed.push_back(each.path);
    return closed;
}

bool output_files::claim(const std::string& closed)
{
    std::lock_guard lock(mutex_);
    return claimed_.insert(closed).second;
}

void output_files::give_back(const std::string& closed)
{
    std::lock_guard lock(mutex_);
    claimed_.erase(closed);
}

} // namespace files_package
