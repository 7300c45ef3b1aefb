/** Longest side of a sent photo, pixels: enough to read a meter, light for a phone. */
const LONGEST = 2000;
const LIGHT_BYTES = 700 * 1024;

/**
 * Make a photo lighter and readable by everybody (iPhone's HEIC becomes JPEG).
 *
 * @param {File} file
 * @returns {Promise<File>} the lighter file, or the same one when it cannot be helped
 */
export async function lighten(file) {
    const isImage = file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name);
    const isHeic = /hei[cf]/i.test(file.type) || /\.hei[cf]$/i.test(file.name);
    if (!isImage || file.type === "image/gif" || (file.size < LIGHT_BYTES && !isHeic)) {
        return file;
    }
    try {
        const bitmap = await createImageBitmap(file, {imageOrientation: "from-image"});
        const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(bitmap.width * scale);
        canvas.height = Math.round(bitmap.height * scale);
        const context = canvas.getContext("2d");
        context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
        bitmap.close();
        const blob = await new Promise((resolve) =>
            canvas.toBlob(resolve, "image/jpeg", 0.85)
        );
        if (!blob || (blob.size >= file.size && !isHeic)) {
            return file;
        }
        const name = file.name.replace(/\.[^.]+$/, "") + ".jpg";
        return new File([blob], name, {type: "image/jpeg"});
    } catch {
        return file;
    }
}
