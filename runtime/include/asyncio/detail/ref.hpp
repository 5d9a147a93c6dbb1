#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace asyncio::detail {

/// Reference count. Not atomic: a loop and everything in it stay on one thread.
class RefCounted {
public:
    RefCounted() = default;
    RefCounted(const RefCounted&) = delete;
    RefCounted& operator=(const RefCounted&) = delete;
    virtual ~RefCounted() = default;

    void retain() const noexcept { ++references_; }
    void release() const noexcept {
        if (--references_ == 0) delete this;
    }

    bool unique() const noexcept { return references_ == 1; }

private:
    mutable std::uint32_t references_ = 0;
};

/// A shared handle to a RefCounted object.
template <class T> class Ref {
public:
    Ref() = default;
    Ref(std::nullptr_t) {}
    explicit Ref(T* object) noexcept : object_(object) {
        if (object_) object_->retain();
    }
    Ref(const Ref& other) noexcept : Ref(other.object_) {}
    Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    template <class U>
        requires std::is_convertible_v<U*, T*>
    Ref(const Ref<U>& other) noexcept : Ref(other.get()) {}
    template <class U>
        requires std::is_convertible_v<U*, T*>
    Ref(Ref<U>&& other) noexcept // NOLINT(*-rvalue-reference-param-not-moved): only its pointer is moved
        : object_(std::exchange(other.object_, nullptr)) {}
    // NOLINTNEXTLINE(bugprone-unhandled-self-assignment): the copy handles it
    Ref& operator=(const Ref& other) noexcept {
        Ref copy(other);
        copy.swap(*this);
        return *this;
    }
    Ref& operator=(Ref&& other) noexcept {
        Ref(std::move(other)).swap(*this);
        return *this;
    }
    ~Ref() {
        if (object_) object_->release();
    }

    void swap(Ref& other) noexcept { std::swap(object_, other.object_); }

    T* get() const noexcept { return object_; }
    T& operator*() const noexcept { return *object_; }
    T* operator->() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }
    bool operator==(const Ref&) const = default;

private:
    template <class U> friend class Ref;
    T* object_ = nullptr;
};

template <class T, class... Args> Ref<T> make_ref(Args&&... args) {
    return Ref<T>(new T(std::forward<Args>(args)...));
}

} // namespace asyncio::detail
