// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "compression.hpp"

#include <array>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <new>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

namespace files_package
{
namespace
{

constexpr std::size_t block_size = std::size_t{1} << 20;
constexpr std::size_t packed_size = std::size_t{64} << 10;

using sink = std::function<void(std::string_view)>;

[[noreturn]] void raise(const std::string& name)
{
    throw std::system_error(errno, std::generic_category(), name);
}

void sync_folder_of(const std::string& path)
{
    const std::string folder = std::filesystem::path(path).parent_path();
    const int held = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (held < 0)
        return; // it need not be readable
    ::fsync(held);
    ::close(held);
}

} // namespace

struct compression::packer
{
    packer() = default;
    virtual ~packer() = default;
    packer(const packer&) = delete;
    packer& operator=(const packer&) = delete;

    /// Takes a part of the file, the last one too, and gives to `out` what is ready.
    virtual void add(std::string_view part, bool is_last, const sink& out) = 0;
};

class compression::gzip_packer final : public packer
{
public:
    gzip_packer()
    {
        constexpr int gzip_window = 15 + 16;
        constexpr int usual_memory = 8;
        if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, usual_memory,
                         Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::bad_alloc();
    }

    ~gzip_packer() override { deflateEnd(&stream_); }

    void add(std::string_view part, bool is_last, const sink& out) override
    {
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
        stream_.avail_in = static_cast<uInt>(part.size());
        std::string packed(packed_size, '\0');
        do
        {
            stream_.next_out = reinterpret_cast<Bytef*>(packed.data());
            stream_.avail_out = static_cast<uInt>(packed.size());
            deflate(&stream_, is_last ? Z_FINISH : Z_NO_FLUSH);
            out(std::string_view(packed).substr(0, packed.size() - stream_.avail_out));
        } while (stream_.avail_out == 0);
    }

private:
    z_stream stream_{};
};

class compression::zstd_packer final : public packer
{
public:
    zstd_packer() : context_(ZSTD_createCCtx())
    {
        if (context_ == nullptr)
            throw std::bad_alloc();
        ZSTD_CCtx_setParameter(context_, ZSTD_c_checksumFlag, 1);
    }

    ~zstd_packer() override { ZSTD_freeCCtx(context_); }

    void add(std::string_view part, bool is_last, const sink& out) override
    {
        ZSTD_inBuffer given{part.data(), part.size(), 0};
        std::string packed(packed_size, '\0');
        for (bool is_done = false; !is_done;)
        {
            ZSTD_outBuffer made{packed.data(), packed.size(), 0};
            const std::size_t left = ZSTD_compressStream2(context_, &made, &given,
                                                          is_last ? ZSTD_e_end : ZSTD_e_continue);
            if (ZSTD_isError(left) != 0)
                throw std::runtime_error(std::string("zstd: ") + ZSTD_getErrorName(left));
            out(std::string_view(packed).substr(0, made.pos));
            is_done = is_last ? left == 0 : given.pos == given.size;
        }
    }

private:
    ZSTD_CCtx* context_;
};

compression::compression(std::string path, std::string_view kind)
    : path_(std::move(path)),
      made_(path_ + (kind == "gzip" ? ".gz" : ".zst")),
      block_(block_size, '\0')
{
    if (kind == "gzip")
        packer_ = std::make_unique<gzip_packer>();
    else
        packer_ = std::make_unique<zstd_packer>();

    struct stat status
    {
    };

    from_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (from_ < 0)
        raise(path_);
    const std::string part = made_ + ".part";
    if (::fstat(from_, &status) == 0)
        to_ = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                     status.st_mode & 0777U);
    if (to_ < 0)
    {
        const int why = errno;
        ::close(from_);
        throw std::system_error(why, std::generic_category(), part);
    }
}

compression::~compression()
{
    ::close(from_);
    if (to_ >= 0)
    {
        ::close(to_);
        ::unlink((made_ + ".part").c_str());
    }
}

bool compression::step()
{
    ssize_t count = 0;
    do
        count = ::read(from_, block_.data(), block_.size());
    while (count < 0 && errno == EINTR);
    if (count < 0)
        raise(path_);
    packer_->add(std::string_view(block_).substr(0, static_cast<std::size_t>(count)), count == 0,
                 [this](std::string_view text) { write(text); });
    if (count == 0)
        finish();
    return count != 0;
}

void compression::write(std::string_view text)
{
    while (!text.empty())
    {
        const ssize_t count = ::write(to_, text.data(), text.size());
        if (count >= 0)
            text.remove_prefix(static_cast<std::size_t>(count));
        else if (errno != EINTR)
            raise(made_ + ".part");
    }
}

void compression::finish()
{
    const std::string part = made_ + ".part";
    if (::fsync(to_) != 0 || ::rename(part.c_str(), made_.c_str()) != 0)
        raise(part);
    ::close(std::exchange(to_, -1));
    sync_folder_of(made_);
    if (::unlink(path_.c_str()) != 0)
        raise(path_);
}

} // namespace files_package
