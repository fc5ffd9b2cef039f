// The one camera stream of a visit: opened once, shared by every viewfinder, closed when the visit is left.

/** @type {Promise<MediaStream> | null} */
let opening = null;

/** True where a page may ask for a camera at all. */
export function cameraExists() {
  return Boolean(navigator.mediaDevices?.getUserMedia);
}

/**
 * Gives the running stream, or starts it.
 * @returns {Promise<MediaStream>} rejects with NotAllowedError, NotFoundError…
 */
export async function openCamera() {
  const stream = await opening?.catch(() => null);
  if (stream?.getVideoTracks().some((track) => track.readyState === "live")) return stream;
  if (!cameraExists()) throw new DOMException("no camera", "NotFoundError");
  opening = navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1440 } },
  });
  return opening;
}

/** Stops the camera and its light. */
export function closeCamera() {
  const stopping = opening;
  opening = null;
  void stopping?.then(
    (stream) => {
      for (const track of stream.getTracks()) track.stop();
    },
    () => {},
  );
}

/**
 * Asks whether the camera may be used, without asking the person.
 * @returns {Promise<"granted" | "denied" | "prompt" | "missing">}
 */
export async function cameraPermission() {
  if (!cameraExists()) return "missing";
  try {
    return (await navigator.permissions.query({ name: /** @type {PermissionName} */ ("camera") })).state;
  } catch {
    return "prompt";
  }
}
